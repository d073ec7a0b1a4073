import type { Chart, ChartConfiguration, Plugin } from 'chart.js/auto';
import type { Strings } from '../i18n/index.js';
import { WIDTH } from './draw.js';
import { FONT, widthOf } from './fonts.js';
import { drawGlyph, needsCode } from './glyphs.js';
import type { PredictionData } from './protocol.js';
import { drawScale, drawStrip, setInLines } from './strip.js';
import type { Palette } from './theme.js';

type Texts = Strings['pictures'];

const MARGIN = 14;
const TITLE_HEIGHT = 72;
const SCALE_HEIGHT = 34;
const BELOW_TEXT = 22;
const NEXT_TITLE_HEIGHT = 40;
const BAR_HEIGHT = 27;
const MAX_BARS = 10;
const LABEL_SIZE = 15;
const GLYPH = { width: 24, height: 28 };

interface Bar {
  /** What is drawn of it, beside its name. */
  glyph: string;
  name: string;
  probability: number;
  isRest: boolean;
}

/** Above, how much each character of a text surprised the model; below, what it expects next. As high as the text needs. */
export function predictionChart(
  data: PredictionData,
  palette: Palette,
  { pictures: texts }: Strings,
): { chart: ChartConfiguration<'bar', number[]>; height: number } {
  const strip = setInLines(data.surprise, WIDTH - 2 * MARGIN);
  const hasText = strip.cells.length > 0;
  const above = TITLE_HEIGHT + (hasText ? strip.height + SCALE_HEIGHT : 0) + BELOW_TEXT;
  const bars = barsOf(data, texts);
  const named = Math.max(...bars.map(({ name }) => widthOf(name, LABEL_SIZE, 400)));
  const widest = Math.max(...bars.map(({ probability }) => percentWidth(probability, texts)));
  const text: Plugin<'bar'> = {
    id: 'text',
    afterDraw({ ctx }) {
      ctx.save();
      ctx.textBaseline = 'top';
      ctx.fillStyle = palette.text;
      ctx.font = `600 19px ${FONT}`;
      ctx.fillText(hasText ? texts.predictionTitle() : texts.predictionBeginning(), MARGIN, MARGIN);
      ctx.fillStyle = palette.faint;
      ctx.font = `15px ${FONT}`;
      const summary = hasText
        ? texts.predictionMean(data.bitsPerCharacter, data.typical)
        : texts.predictionNoText();
      ctx.fillText(summary, MARGIN, MARGIN + 26);
      ctx.restore();
      if (!hasText) return;
      drawStrip(ctx, strip, MARGIN, TITLE_HEIGHT, palette);
      const most = texts.predictionScaleEnd(palette.surprise.length - 1);
      const middle = TITLE_HEIGHT + strip.height + SCALE_HEIGHT / 2 + 4;
      drawScale(ctx, MARGIN, middle, palette, texts.predictionScale(), most);
    },
  };
  return {
    height: above + NEXT_TITLE_HEIGHT + bars.length * BAR_HEIGHT + MARGIN,
    chart: {
      type: 'bar',
      data: {
        labels: bars.map(({ name, glyph }) => name || glyph),
        datasets: [
          {
            data: bars.map(({ probability }) => probability),
            backgroundColor: bars.map(({ isRest }) => (isRest ? palette.neutral : palette.positive)),
            barPercentage: 0.72,
            categoryPercentage: 1,
            minBarLength: 1,
          },
        ],
      },
      options: {
        indexAxis: 'y',
        layout: {
          padding: { top: above, right: Math.ceil(widest) + 8 + MARGIN, bottom: MARGIN, left: MARGIN },
        },
        plugins: {
          legend: { display: false },
          title: {
            display: true,
            align: 'start',
            text: texts.predictionNext(),
            color: palette.text,
            font: { size: LABEL_SIZE, weight: 600 },
            padding: { top: 0, bottom: 10 },
          },
        },
        scales: {
          x: { display: false, min: 0, max: Math.max(...bars.map(({ probability }) => probability)) },
          y: {
            border: { display: false },
            grid: { display: false },
            ticks: { display: false },
            afterFit: (scale) => void (scale.width = Math.ceil(named) + GLYPH.width + 12),
          },
        },
      },
      plugins: [text, barLabels(bars, palette, texts)],
    },
  };
}

/** The likeliest, and the others together when there are any. */
function barsOf({ next, rest }: PredictionData, texts: Texts): Bar[] {
  const bars = next.slice(0, MAX_BARS).map(({ character, end, probability }) => ({
    glyph: end || needsCode(character) ? '' : character,
    name: end ? texts.predictionEnd() : nameOf(character, texts),
    probability,
    isRest: false,
  }));
  const others = next.slice(MAX_BARS).reduce((sum, { probability }) => sum + probability, rest);
  if (others <= 0) return bars;
  return [...bars, { glyph: '', name: texts.predictionOthers(), probability: others, isRest: true }];
}

/** Of what cannot be seen; empty for the rest. */
function nameOf(character: string, texts: Texts): string {
  if (character === ' ') return texts.predictionSpace();
  if (character === '\n') return texts.predictionNewLine();
  if (!needsCode(character)) return '';
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The character to the left of its bar, the probability to the right. */
function barLabels(bars: readonly Bar[], palette: Palette, texts: Texts): Plugin<'bar'> {
  return {
    id: 'barLabels',
    afterDraw(chart: Chart) {
      const { ctx, scales, chartArea } = chart;
      ctx.save();
      ctx.textBaseline = 'middle';
      for (const [index, { glyph, name, probability }] of bars.entries()) {
        const y = scales.y.getPixelForValue(index);
        const left = chartArea.left - GLYPH.width - 4;
        if (glyph !== '') drawGlyph(ctx, glyph, { left, top: y - GLYPH.height / 2, ...GLYPH }, palette.text);
        ctx.font = `${LABEL_SIZE}px ${FONT}`;
        ctx.fillStyle = palette.faint;
        ctx.textAlign = 'right';
        ctx.fillText(name, glyph === '' ? chartArea.left - 10 : left - 2, y);
        ctx.fillStyle = palette.text;
        ctx.textAlign = 'left';
        ctx.fillText(texts.predictionPercent(probability), scales.x.getPixelForValue(probability) + 8, y);
      }
      ctx.restore();
    },
  };
}

function percentWidth(probability: number, texts: Texts): number {
  return widthOf(texts.predictionPercent(probability), LABEL_SIZE, 400);
}
