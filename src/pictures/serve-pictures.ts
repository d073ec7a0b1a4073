import { inspect } from 'node:util';
import type { MessagePort } from 'node:worker_threads';
import { type Strings, stringsFor } from '../i18n/index.js';
import { unreachable } from '../unreachable.js';
import { corpusChart } from './corpus-chart.js';
import { draw } from './draw.js';
import { lossCurveChart } from './loss-curve-chart.js';
import { moodChart } from './mood-chart.js';
import { predictionChart } from './prediction-chart.js';
import type { Picture, PictureMessage, PictureRequest } from './protocol.js';
import { type Palette, palettes } from './theme.js';
import { versionsChart } from './versions-chart.js';

/** Draws what it is asked for over the port, one picture after the other, for as long as the port is open. */
export function servePictures(port: MessagePort): void {
  port.on('message', ({ id, theme, locale, ...picture }: PictureRequest) => {
    try {
      const png = paint(picture, palettes[theme], stringsFor(locale));
      port.postMessage({ type: 'drawn', id, png } satisfies PictureMessage, [png.buffer]);
    } catch (error) {
      port.postMessage({ type: 'failed', id, reason: inspect(error) } satisfies PictureMessage);
    }
  });
}

function paint(picture: Picture, palette: Palette, strings: Strings): Uint8Array<ArrayBuffer> {
  switch (picture.kind) {
    case 'corpus':
      return draw(corpusChart(picture.data, palette, strings), palette);
    case 'lossCurve':
      return draw(lossCurveChart(picture.data, palette, strings), palette);
    case 'mood':
      return draw(moodChart(picture.data, palette, strings), palette);
    case 'prediction': {
      const { chart, height } = predictionChart(picture.data, palette, strings);
      return draw(chart, palette, height);
    }
    case 'spamVersions':
      return draw(versionsChart(picture.data, palette, strings), palette);
    default:
      return unreachable(picture);
  }
}
