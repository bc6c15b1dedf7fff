import { Resvg } from '@resvg/resvg-js';
import { PREVIEW } from './draw-svg';

/** The one font a picture has, for it is drawn where no system fonts are: under the SIL Open Font License, without Hanja. */
const FONTS = [
  require.resolve('@expo-google-fonts/gothic-a1/400Regular/GothicA1_400Regular.ttf'),
  require.resolve('@expo-google-fonts/gothic-a1/700Bold/GothicA1_700Bold.ttf'),
];

export function toPng(svg: string): Buffer {
  const { width } = PREVIEW;
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      loadSystemFonts: false,
      fontFiles: FONTS,
      defaultFontFamily: 'Gothic A1',
      sansSerifFamily: 'Gothic A1',
    },
    logLevel: 'off',
  });
  return picture.render().asPng();
}
