import { readDateWords, type DateWords } from '../../korean/date-words';
import { foldCharacters, readNumeral } from '../../korean/numerals';
import { figureOf, type Figure } from './figure';
import { readUnit, type Measure } from './figure-units';
import { numberFigure } from './number-figure';

const WORDS: [RegExp, Measure, number][] = [
  [/절반|반값|반토막/y, 'half', 0.5],
  [/갑절|곱절/y, 'multiple', 2],
  [/두 자릿수|두자릿수/y, 'digits', 2],
  [/한 자릿수|한자릿수/y, 'digits', 1],
  [/반년(?![가-힣]*생|에 |마다|이면|치)/y, 'months', 6],
  [/반세기/y, 'months', 600],
  ...'하루 이틀 사흘 나흘 닷새 엿새 이레 여드레 아흐레 열흘'
    .split(' ')
    .map((word, index): [RegExp, Measure, number] => [
      new RegExp(`${word}(?![빛살])`, 'y'),
      'days',
      index + 1,
    ]),
  ...'열하루 열이틀 열사흘 열나흘 열닷새 열엿새 열이레 열여드레'
    .split(' ')
    .map((word, index): [RegExp, Measure, number] => [new RegExp(word, 'y'), 'days', index + 11]),
  [/보름(?!달)/y, 'days', 15],
  [/일주일(?!에|마다|이면|치)/y, 'days', 7],
];
/** 나흘 반. */
const AND_A_HALF = / 반(?=[을만의]|[^가-힣]|$)/y;
const WORD_BEGINS = /[절반갑곱두한하이사나닷엿여아열보일]/;
const CANDIDATE =
  /[\d일이삼사오육칠팔구십백천만억한두둘세셋넷석서네넉너다닷여엿일곱덟아홉열스물서른마흔쉰예순흔든절반갑곱하나보오밤저새낮올금지작전내재월화수목토상영정자제첫유시']/;
const LETTER = /[A-Za-z]/;
const SHARED: readonly Measure[] = ['people', 'count', 'bare', 'times'];
/** Of more things a part is told by its own number. */
const MAX_WHOLE = 1_000;
const MAX_BETWEEN = 20;
/** 02-123-4567, 1588-1234; 1500-2000명 are none. */
const TELEPHONE = /\d{2,4}-\d{3,4}(?:-\d{4})?(?!\d)/y;
/** 2030세대: people in their twenties and thirties. */
const GENERATION = /[1-6]0[2-7]0(?= ?세대| 남| 여| 청년)/y;
/** 두세, 서너: too vague to be a figure. */
const VAGUE = /(?:한두|두세|두서너|서너|너댓|네댓|네다섯|대여섯|예닐곱)(?= ?[가-힣])/y;
/** Names of things that a number is a part of: 2차전지, 4차 산업혁명, 제2금융권, 1인 가구. */
const NAMED =
  /(?:[12]차 ?전지|[1-6]차 ?산업|(?:제 ?)?[123] ?금융권|1인 ?(?:가구|기업|미디어|방송|시위|용|실)|[1-5]차 ?(?:협력|하청|벤더|밴드)|3D ?프린|[34]D(?![A-Za-z])|365일|24시간(?= ?(?:내내|열|문을|영업|운영|돌|가동|응급|상담|편의|감시|대기)))/y;
/** Words and idioms of the same syllables as a number, or of one that counts nothing. */
const IDIOM =
  /(?:일석이조|1석2조|십중팔구|백번|백일장|백일해|삼천포|만기|만날|만[해하한할]|만도(?![가-힣])|만인(?:의|이|에|을)|백인(?![의이] ?회)|백년(?:가게|가약|대계|해로|손님)|천호동?|열 수(?= ?(?:있|없|는|도|가))|만점|천장|만석|만회|만개(?!월)|만세|천만다행|천만에(?=요?[.,!?…]|요?$)|천만의(?= ?말씀)|백만장자|만년필|만년|구만리|천차만별|천년|만국기|칠월칠석|오색|오일장|5일장|육하원칙|팔방|구사일생|천생|백화점|만장일치|두 번 (?:세 번|다시)|하루 이틀(?= 일| 사이| 만에 (?:되|될|끝))|두 마리 토끼|둘 (?:중|가운데) 하나(?=[만를면]|라도)|열 번 찍|[백천만] ?번 (?:말|양보|잘|듣)|하루 세 끼|[천만] ?원 한 장|1원(?=도 (?:안|못|내지|받지|쓰지))|(?:두|세|네) ?번째 (?=이유|까닭|특징|방법|장점|단점)|[둘셋넷]째로(?=,)|한 주(?=의 시작|를 (?:시작|마무리)| 동안 잘)|[둘셋넷]째(?=[,:;]| ?(?:아이|아기|자녀|딸|아들|형|언니|누나|동생|며느리|출산|를|을|는|가 태)))/y;
/** 제4조, 4조 1항: no money. */
const ARTICLE = /(?:제 ?)?(\d{1,4})조(?:의 ?\d{1,2}(?!\d))?/y;
/** 삼분의 일. */
const SPELT_FRACTION = /([이삼사오육칠팔구십]) ?분의 ?([일이삼사오육칠팔구])(?![가-힣]{2}원)/y;
/** 9월 셋째 주, 3주차. */
const WEEK_OF_MONTH =
  /(?:([1-5]) ?주 ?차(?!장)|(?:([1-5]) ?(?:번째|째)|(첫|둘|셋|넷|다섯)째|(두|세|네|다섯) ?번째) ?주(?![식가요제택]))/y;
const WEEK_ORDINALS = ['첫', '둘두', '셋세', '넷네', '다섯'];

/** Every figure of a text, in order, or the first ones. Linear in its length. */
export function readFigures(original: string, limit = Infinity): Figure[] {
  const text = foldCharacters(original);
  const figures: Figure[] = [];
  for (let at = 0; at < text.length && figures.length < limit;) {
    const figure = mayBegin(text, at) ? readFigure(text, at) : null;
    if (figure && 'skip' in figure) at = figure.skip;
    else if (figure) {
      const end = figure.start + figure.text.length;
      figures.push({ ...figure, text: original.slice(figure.start, end) });
      at = Math.max(end, at + 1);
    } else at += 1;
  }
  return withShares(original, figures);
}

/** 24.5%만 개인연금에, LG(주)만 개선돼요: 만 is a particle. */
const BEFORE_PARTICLE = /[A-Za-z%)\]℃㎡㎢㎏㎞]/;

/** A numeral of words begins a word; 제4조 may stand behind one. */
function mayBegin(text: string, at: number): boolean {
  const character = text[at]!;
  if (!CANDIDATE.test(character)) return false;
  if (!isHangul(character) || character === '제' || at === 0) return true;
  return !isHangul(text[at - 1]!) && !(character === '만' && BEFORE_PARTICLE.test(text[at - 1]!));
}

function isHangul(character: string): boolean {
  return character >= '가' && character <= '힣';
}

/** 열 명 중 일곱 명 is one figure of two, and 열 번 사면 일곱 번. */
function withShares(text: string, figures: readonly Figure[]): Figure[] {
  const found: Figure[] = [];
  for (const figure of figures) {
    const whole = found.at(-1);
    if (whole && isShare(text, whole, figure)) found[found.length - 1] = shareOf(text, whole, figure);
    else found.push(figure);
  }
  return found;
}

function isShare(text: string, whole: Figure, part: Figure): boolean {
  const between = text.slice(whole.start + whole.text.length, part.start);
  return (
    [whole, part].every(({ measure, low, high }) => SHARED.includes(measure) && low === high) &&
    part.low < whole.low &&
    whole.low <= MAX_WHOLE &&
    between.length < MAX_BETWEEN &&
    ((/^에 $/.test(between) && whole.native && part.native) ||
      /^ ?(?:중|가운데)(?:에서?|의)?(?![가-힣])[^.!?,\n]*$/.test(between) ||
      (whole.native && whole.measure === part.measure && /^[이가]? ?[가-힣]{1,6}면 $/.test(between)))
  );
}

function shareOf(text: string, whole: Figure, part: Figure): Figure {
  const end = part.start + part.text.length;
  return {
    ...part,
    text: text.slice(whole.start, end),
    start: whole.start,
    measure: 'share',
    low: part.low / whole.low,
    high: part.low / whole.low,
    parts: [whole, part],
  };
}

function readFigure(text: string, at: number): Figure | { skip: number } | null {
  const before = text[at - 1] ?? '';
  if (/\d/.test(text[at]!)) {
    if (LETTER.test(before) || (before === '-' && LETTER.test(text[at - 2] ?? '')))
      return { skip: digitsEnd(text, at) };
    const telephone = match(TELEPHONE, text, at);
    if (
      telephone &&
      (/-\d+-/.test(telephone) ||
        (/^1[5-9]\d\d-\d{4}$/.test(telephone) && !isMeasured(text, at + telephone.length)))
    )
      return { skip: at + telephone.length };
  }
  const named = match(NAMED, text, at) ?? match(IDIOM, text, at);
  if (named && !/[가-힣]/.test(before)) return { skip: at + named.length };
  const article = articleAt(text, at) ?? weekOfMonthAt(text, at) ?? speltFractionAt(text, at);
  if (article) return article;
  const vague = match(VAGUE, text, at);
  if (vague) return { skip: at + vague.length };
  const date = readDateWords(text, at);
  if (date) return dateFigure(text, at, date);
  if (!/[가-힣]/.test(before) && WORD_BEGINS.test(text[at]!)) {
    for (const [pattern, measure, value] of WORDS) {
      const word = match(pattern, text, at);
      if (!word) continue;
      const half = measure === 'days' ? (match(AND_A_HALF, text, at + word.length) ?? '') : '';
      return figureOf(text, {
        start: at,
        end: at + word.length + half.length,
        unit: { measure, factor: 1 },
        low: half ? value + 0.5 : value,
        native: true,
      });
    }
  }
  const generation = match(GENERATION, text, at);
  if (generation) {
    const [low, high] = [Number(generation.slice(0, 2)), Number(generation.slice(2))];
    return figureOf(text, {
      start: at,
      end: at + 4,
      unit: { measure: 'count', factor: 1 },
      low,
      high,
      place: 10,
    });
  }
  const numeral = readNumeral(text, at);
  return numeral && numberFigure(text, at, numeral);
}

function isMeasured(text: string, at: number): boolean {
  const read = readUnit(text, at);
  return read !== null && read.unit.measure !== 'degrees';
}

function articleAt(text: string, at: number): Figure | null {
  ARTICLE.lastIndex = at;
  const article = ARTICLE.exec(text);
  if (!article) return null;
  const end = at + article[0].length;
  if (text[at] !== '제' && !/^ ?(?:제 ?)?\d{1,2}항/.test(text.slice(end, end + 6))) return null;
  return figureOf(text, {
    start: at,
    end,
    unit: { measure: 'article', factor: 1 },
    low: Number(article[1]),
  });
}

function weekOfMonthAt(text: string, at: number): Figure | null {
  if (/[가-힣]/.test(text[at - 1] ?? '')) return null;
  WEEK_OF_MONTH.lastIndex = at;
  const week = WEEK_OF_MONTH.exec(text);
  if (!week) return null;
  const spelt = week[3] ?? week[4];
  const number =
    spelt === undefined
      ? Number(week[1] ?? week[2])
      : WEEK_ORDINALS.findIndex((words) => words.includes(spelt)) + 1;
  return figureOf(text, {
    start: at,
    end: at + week[0].length,
    unit: { measure: 'week of month', factor: 1 },
    low: number,
  });
}

function speltFractionAt(text: string, at: number): Figure | null {
  if (/[가-힣]/.test(text[at - 1] ?? '')) return null;
  SPELT_FRACTION.lastIndex = at;
  const fraction = SPELT_FRACTION.exec(text);
  if (!fraction) return null;
  const [below, above] = [fraction[1]!, fraction[2]!].map((digit) => ' 일이삼사오육칠팔구십'.indexOf(digit));
  return figureOf(text, {
    start: at,
    end: at + fraction[0].length,
    unit: { measure: 'fraction', factor: 1 },
    low: above! / below!,
    place: 0.01,
  });
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function digitsEnd(text: string, at: number): number {
  let end = at;
  while (/[\d.,]/.test(text[end] ?? '')) end += 1;
  return Math.max(end, at + 1);
}

function dateFigure(text: string, at: number, date: DateWords): Figure {
  const figure = figureOf(text, { start: at, end: date.end, unit: { measure: 'date', factor: 1 }, low: 0 });
  return { ...figure, date };
}
