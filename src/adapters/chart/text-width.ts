const WIDE =
  /[\u1100-\u115f\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const NARROW = /[\s.,:;'`|!()[\]{}\-·ilIjftr/]/;
const BROAD = /[A-Z@%&mw#…―—]/;
const NOTHING = /\p{M}|\p{Default_Ignorable_Code_Point}/u;

/** How wide a text is at most, in pixels, in the fonts that readers of Korean have: Hangul is nearly as wide as high. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text)
    if (WIDE.test(character)) ems += 0.96;
    else if (!NOTHING.test(character))
      ems += NARROW.test(character) ? 0.4 : BROAD.test(character) ? 0.9 : 0.62;
  return ems * fontSize;
}
