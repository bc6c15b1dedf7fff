/** How a figure says that it is not exact: about it, at least it, or just below it; `band` is 30대 and 1,300원대. */
export type Mark = 'about' | 'over' | 'under' | 'band';

const BEFORE = /(?:약|대략|얼추|거의|어림잡아|줄잡아|어림|대충|거진|한|얼추잡아)\s?$/;
const NEARLY = /(?:거의)\s?$/;
const PARTICLE = '(?:어치|짜리|씩)?(?:을|를|이|가|은|는|에는?|에도|에서|으?로|까지는?|보다|도)?';
const WITHIN = 24;
const BAND = new RegExp(
  '^(?:대|선)(?![가-힣])|^(?:대|선)(?:에|의|로|를|을|이|가|예|입|인|까|초|중|후|까지|지)',
);
const OVER = new RegExp(
  `^${PARTICLE}\\s?(?:조금 |살짝 |훌쩍 |크게 |이미 |약간 |갓 |막 |좀 |더 )?(?:여(?![가-힣]*요)|남짓|넘|이상|초과|웃돌|웃도|돌파|상회|뛰어넘|뚫|도 더|더 되|더 된|더 돼|고지를)`,
);
const UNDER = new RegExp(
  `^${PARTICLE}\\s?(?:조금 |살짝 |크게 |약간 |아직 |거의 |좀 )?(?:가까|육박|근접|다가|다다|못 ?미[치쳐쳤]|미만|이하|밑|아래|하회|안 ?[되돼된됐걸]|채 ?[안못]|못 ?[되돼된됐]|모자라|턱밑|코앞|살짝 밑|조금 덜|다 ?[되돼])`,
);
const ABOUT = new RegExp(`^${PARTICLE}\\s?(?:가량|정도|쯤|안팎|내외|전후|수준|언저리|꼴|남짓|어간|어림)`);

/** The mark of the figure that stands from `start` to `end`. */
export function markOf(text: string, start: number, end: number): Mark | null {
  const after = text.slice(end, end + WITHIN);
  const before = text.slice(Math.max(0, start - 6), start);
  if (
    /^(?:여(?![섯덟])|남짓)/.test(
      text
        .slice(end - 3, end)
        .trim()
        .slice(-3),
    ) ||
    /여 ?[가-힣A-Za-z㎏㎡]{1,4}$/.test(text.slice(start, end))
  )
    return 'over';
  if (BAND.test(after)) return 'band';
  if (OVER.test(after)) return 'over';
  if (UNDER.test(after)) return 'under';
  if (NEARLY.test(before)) return 'under';
  return BEFORE.test(before) || ABOUT.test(after) ? 'about' : null;
}
