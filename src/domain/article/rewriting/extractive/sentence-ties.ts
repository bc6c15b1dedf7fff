import type { Sentence } from './article-sentences';

/** Conjunctions that point at a sentence which may not have been chosen. */
const CONJUNCTION =
  /^(?:또한|또|그러나|하지만|그런데|그리고|반면에?|한편|아울러|다만|이어|이에 따라|이에|따라서|그래서|게다가|더불어|실제로|그럼에도|그래도|물론|특히|이와 함께|이와 관련해|이와 별도로|이 밖에|이밖에|앞서|먼저|우선|결국|첫째|둘째|셋째),?\s+(?=\S)/;
/** What points at the sentence before: 이는, 그가, 이 은행은, 나머지 3명은, 두 품목은. */
const POINTS_BACK =
  /^(?:이는|이를|이들|이와|이같|이로|이것|이런|이러한|이렇게|그는|그가|그의|그녀|그도|그들|그러면서|그 결과|그 뒤|그 이유|그래야|그러자|그렇|이래|같은 기간|이어 그|나머지|이후 |당시 |여기에|반대로|특히 이|이날 그)|^이 (?!날)[가-힣]+|^(?:두|세|네|다섯|양) [가-힣]{1,8}(?:은|는|이|가|의|를|을)\s|(?:^|\s)이(?: 같은|러한|런) (?:의견|지적|우려|비판|반발|요구|목소리|주장)/;
/** A cause, a meaning, a judgement, of what only the sentence before tells. */
const EXPLAINS =
  /(?:때문|영향|탓|덕|덕분|여파|까닭|결과|판단|이유|뜻|의미|취지|셈|격|조치|내용|설명|분석|계산|효과|것|얘기|이야기|말)(?:이다|다|에서다|입니다|에서입니다|이라는 (?:설명|분석|지적|뜻|얘기|의미)이?다|[으]?로 (?:풀이|분석|해석)(?:된|됩니)다)\.$/;
const HAS_TOPIC =
  /(?:^|\s)\S*[가-힣A-Za-z0-9)%'’”"](?:은|는|도)(?=\s|,)|(?:정부|회사|업계|시장|당국|증권가|업체|전문가)[가-힣]{0,3}(?:에서)?(?:이|가)\s/;
/** 있는, 오르는: what describes a noun is no topic. */
const ADNOMINAL =
  /\S*(?:[다라자냐있없하되오가나르내리주보지치키기시이우추]는|[같높낮많적좋넓짧깊작젊늙]은|않은|않는|넘는|받은|받는|늘어난|같은|지도)(?=\s|,)/g;
const QUOTED = /^["“][^"”]*["”]\.?$/;
const SAID =
  /(?:말했|밝혔|전했|설명했|덧붙였|강조했|지적했|답했|물었|주장했|꼬집었|평가했|내다봤|분석했|당부했|토로했|호소했|하소연했|비판했)(?:습니)?다\.$/;
const HAS_SPEAKER = /(?:은|는|이|가|씨|측|도|에서는|에선)(?=\s|,)/;
const ASKS = /(?:[?]|[을를일할될까]까\.|[은인한는]가\.)$/;
const NARRATES_SAYING =
  /^[^"“]*(?:(?:말|설명|지적|하소연|반응|내용|것)(?:이|입니)다|(?:얘기|목소리)(?:입니)?다|(?:말했|전했)(?:습니)?다)\.$/;
/** A paragraph that begins with no more than this says in the next sentence what it is about. */
const MAX_ANNOUNCEMENT_CHARACTERS = 40;
/** A sentence as short as this goes on with what the one before is about. */
const MAX_CONTINUATION_CHARACTERS = 28;
const HAS_SUBJECT = /[가-힣A-Za-z0-9)%'’”"](?:은|는|도|이|가|께서)(?=\s|,)/;
const PROMISES = /(?:가지다|이렇다|같다|들어 보자|살펴보자|보면)\.$/;

/** A sentence without the conjunction that it begins with. */
export function withoutConjunction(sentence: string): string {
  return sentence.replace(CONJUNCTION, '');
}

/** The sentences without which each one means nothing, or something else, by their places. */
export function tiesOf(sentences: Sentence[]): number[][] {
  return sentences.map((_sentence, index) => {
    const ties: number[] = [];
    if (index > 0 && leansBack(sentences, index)) ties.push(index - 1);
    const next = sentences[index + 1];
    if (next && leansForward(sentences, index)) ties.push(index + 1);
    return ties;
  });
}

function leansBack(sentences: Sentence[], index: number): boolean {
  const { text, paragraph, role } = sentences[index]!;
  const before = sentences[index - 1]!;
  if (role === 'answer') return true;
  if (role === 'step' && before.role === 'step') return true;
  if (role === 'question') return false;
  if (POINTS_BACK.test(withoutConjunction(text))) return true;
  if (QUOTED.test(before.text) && before.paragraph === paragraph) return true;
  if (QUOTED.test(text) && sentences[index + 1]?.paragraph !== paragraph) return true;
  if (EXPLAINS.test(text) && !hasTopic(text)) return true;
  if (SAID.test(text) && /["“]/.test(text)) return !hasSpeaker(text);
  if (before.paragraph === paragraph && goesOn(text)) return true;
  return ASKS.test(before.text) && before.role !== 'answer' && before.paragraph === paragraph;
}

function leansForward(sentences: Sentence[], index: number): boolean {
  const { text, paragraph, role } = sentences[index]!;
  const next = sentences[index + 1]!;
  if (role === 'question') return next.role === 'answer';
  if (role === 'answer') return false;
  if (ASKS.test(text)) return true;
  if (QUOTED.test(text)) return next.paragraph === paragraph || NARRATES_SAYING.test(next.text);
  return index > 0 && (announces(sentences, index) || PROMISES.test(text));
}

/** A short beginning of a paragraph, without a figure, which says little without the sentence behind it. */
function announces(sentences: Sentence[], index: number): boolean {
  const { text, paragraph, role } = sentences[index]!;
  return (
    role === undefined &&
    text.length <= MAX_ANNOUNCEMENT_CHARACTERS &&
    !/\d/.test(text) &&
    sentences[index - 1]?.paragraph !== paragraph &&
    sentences[index + 1]?.paragraph === paragraph
  );
}

/** 내년은 1.8%로 높였다. 운임을 더 올리지도 못한다. */
function goesOn(text: string): boolean {
  return text.length <= MAX_CONTINUATION_CHARACTERS || !HAS_SUBJECT.test(text.replace(ADNOMINAL, ''));
}

function hasTopic(text: string): boolean {
  return HAS_TOPIC.test(text.replace(ADNOMINAL, ''));
}

/** Outside of what is quoted. */
function hasSpeaker(text: string): boolean {
  return HAS_SPEAKER.test(text.replace(/["“][^"”]*["”]/g, ' '));
}
