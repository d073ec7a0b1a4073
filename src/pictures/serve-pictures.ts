import type { MessagePort } from 'node:worker_threads';
import { unreachable } from '../unreachable.js';
import { draw } from './draw.js';
import { moodChart } from './mood-chart.js';
import type { Picture, PictureMessage, PictureRequest, Theme } from './protocol.js';
import { palettes } from './theme.js';
import { versionsChart } from './versions-chart.js';

/** Draws what it is asked for over the port, one picture after the other, for as long as the port is open. */
export function servePictures(port: MessagePort): void {
  port.on('message', ({ id, theme, ...picture }: PictureRequest) => {
    try {
      const png = paint(picture, theme);
      port.postMessage({ type: 'drawn', id, png } satisfies PictureMessage, [png.buffer]);
    } catch (error) {
      port.postMessage({ type: 'failed', id, reason: String(error) } satisfies PictureMessage);
    }
  });
}

function paint(picture: Picture, theme: Theme): Uint8Array<ArrayBuffer> {
  const palette = palettes[theme];
  switch (picture.kind) {
    case 'mood':
      return draw(moodChart(picture.data, palette), palette);
    case 'spamVersions':
      return draw(versionsChart(picture.data, palette), palette);
    default:
      return unreachable(picture);
  }
}
