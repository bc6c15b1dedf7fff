import { Resvg } from '@resvg/resvg-js';
import { PREVIEW } from './draw-svg';

/** The one font a picture has: it is drawn where no system fonts are. Under the SIL Open Font License. */
const FONT = require.resolve('@expo-google-fonts/gothic-a1/400Regular/GothicA1_400Regular.ttf');

export function toPng(svg: string): Buffer {
  const { width } = PREVIEW;
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: [FONT],
      defaultFontFamily: 'Gothic A1',
      sansSerifFamily: 'Gothic A1',
    },
    logLevel: 'off',
  });
  return picture.render().asPng();
}
