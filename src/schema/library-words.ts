import type { Localized } from '../errors';
import { cutText } from '../visible-text';

/** Whole sentences of Apollo Server and graphql-js; the third text is in place of theirs. */
const SENTENCES: [theirs: string, ko: string, en?: string][] = [
  ['POST body missing, invalid Content-Type, or JSON object has no keys.', '본문이 없거나 비어 있거나, Content-Type이 application/json이 아닙니다.'],
  ['Operation batching disabled.', '한 번에 한 요청만 보낼 수 있습니다.', 'Send one operation at a time.'],
  ['No operations found in request.', '요청에 GraphQL 문서가 없습니다.'],
  ['GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.', '`query`나 `persistedQuery` 확장이 있어야 합니다.'],
  ['GraphQL queries must be strings.', '`query`는 문자열이어야 합니다.'],
  ['`variables` in a POST body should be provided as an object, not a recursively JSON-encoded string.', '`variables`는 JSON 문자열이 아니라 객체여야 합니다.'],
  ['`extensions` in a POST body should be provided as an object, not a recursively JSON-encoded string.', '`extensions`는 JSON 문자열이 아니라 객체여야 합니다.'],
  ['`variables` in a POST body must be an object if provided.', '`variables`는 객체여야 합니다.'],
  ['`extensions` in a POST body must be an object if provided.', '`extensions`는 객체여야 합니다.'],
  ['`operationName` in a POST body must be a string if provided.', '`operationName`은 문자열이어야 합니다.'],
  ['GET requests may not have a content-type header other than application/json.', 'GET 요청의 Content-Type은 application/json이어야 합니다.'],
  ['Apollo Server supports only GET/POST requests.', 'GET과 POST만 쓸 수 있습니다.', 'Only GET and POST are supported.'],
  ['GET requests only support query operations, not mutation operations', 'mutation은 POST로 보내야 합니다.', 'Send mutations by POST.'],
  ['GET requests only support query operations, not subscription operations', 'GET으로는 query만 보낼 수 있습니다.', 'Only queries can be sent by GET.'],
  ['Unsupported persisted query version', '지원하지 않는 persisted query 버전입니다.'],
  ['provided sha does not match query', 'sha256Hash가 문서의 해시가 아닙니다.', 'The sha256Hash is not that of the document.'],
  ['Must provide an operation.', '문서에 실행할 오퍼레이션이 없습니다.'],
  ['Must provide operation name if query contains multiple operations.', '문서에 오퍼레이션이 여럿이면 `operationName`이 있어야 합니다.'],
  ['Unknown operation.', '문서에 그런 이름의 오퍼레이션이 없습니다.'],
  ['This anonymous operation must be the only defined operation.', '이름 없는 오퍼레이션은 문서에 하나만 있어야 합니다.'],
  ['Maximum introspection depth exceeded', '스키마 조회가 너무 깊습니다.'],
]; // prettier-ignore

/** Of the address of a GET. */
const PARAMETERS = ['query', 'variables', 'extensions', 'operationName'].flatMap((name): typeof SENTENCES => [
  [`The ${name} search parameter contains invalid JSON.`, `주소의 \`${name}\` 값이 올바른 JSON이 아닙니다.`],
  [`The ${name} search parameter should contain a JSON-encoded object.`, `주소의 \`${name}\` 값은 JSON 객체여야 합니다.`],
  [`The '${name}' search parameter may only be specified once.`, `주소에 \`${name}\` 값이 여럿입니다. 하나만 보내 주세요.`],
]); // prettier-ignore

const INTROSPECTION_REFUSED: Localized = {
  ko: '운영 환경에서는 스키마를 조회할 수 없습니다.',
  en: 'Introspection is off in production.',
};
const CSRF_REFUSED: Localized = {
  ko: '아무 페이지나 보낼 수 있는 형태의 요청입니다. Content-Type을 application/json으로 하거나 apollo-require-preflight 헤더를 보내 주세요.',
  en: 'Any page could send such a request. Send the content type application/json or the header apollo-require-preflight.',
};

/** What names something: `$1` … are the names, which stay as they are. */
const PATTERNS: [theirs: RegExp, ko: string, en?: string][] = [
  [/^Syntax Error: Document contains more that (\d+) tokens\. Parsing aborted\.$/, '문서가 너무 깁니다. 토큰은 $1개까지입니다.', 'The document has more than $1 tokens.'],
  [/^(?:Syntax Error: )?Aliases limit of (\d+) exceeded, found (\d+)\.$/, '별칭은 $1개까지 쓸 수 있는데 $2개입니다.', 'At most $1 aliases are allowed, and there are $2.'],
  [/^(?:Syntax Error: )?Query depth limit of (\d+) exceeded, found (\d+)\.$/, '깊이는 $1단계까지인데 $2단계입니다.', 'At most $1 levels are allowed, and there are $2.'],
  [/^(?:Syntax Error: )?Directives limit of (\d+) exceeded, found (\d+)\.$/, '디렉티브는 $1개까지 쓸 수 있는데 $2개입니다.', 'At most $1 directives are allowed, and there are $2.'],
  [/^Syntax Error: Expected (.+), found (.+)\.$/s, 'GraphQL 문법 오류: $2 자리에 $1 이(가) 와야 합니다.'],
  [/^Syntax Error: Unexpected (.+)\.$/s, 'GraphQL 문법 오류: 여기에 올 수 없는 $1 입니다.'],
  [/^Syntax Error: /, 'GraphQL 문법 오류입니다.'],
  [/recursively requests too many selections/, '조각을 풀면 필드가 너무 많습니다.', 'With its fragments the document selects too many fields.'],
  [/^Too many validation errors/, '오류가 너무 많아 검사를 멈췄습니다.', 'There are too many errors; the check was stopped.'],
  [/^Field "(\w+)" cannot be selected inside another "\w+"\.$/, '"$1" 안에서 다시 "$1"을(를) 고를 수 없습니다.'],
  [/^Cannot query field "(\w+)" on type "(\w+)"\.$/, '"$2" 타입에 "$1" 필드가 없습니다.'],
  [/^Field "(\w+)" of type "(.+)" must have a(?:t least one field selected| selection of subfields)\.$/, '"$1"에서 고를 필드를 { } 안에 적어야 합니다($2).'],
  [/^Field "(\w+)" must not have a selection since type "(.+)" has no subfields\.$/, '"$1"($2)에는 하위 필드가 없습니다.'],
  [/^Field "(\w+)" argument "(\w+)" of type "(.+)" is required, but it was not provided\.$/, '"$1" 필드에는 인자 "$2"($3)이(가) 있어야 합니다.'],
  [/^Directive "@(\w+)" argument "(\w+)" of type "(.+)" is required, but it was not provided\.$/, '"@$1"에는 인자 "$2"($3)이(가) 있어야 합니다.'],
  [/^Unknown argument "(\w+)" on (?:field|directive) "(.+)"\.$/, '"$2"에는 "$1" 인자가 없습니다.'],
  [/^Unknown (?:type|fragment|directive) "(.+)"\.$/, '"$1"을(를) 알 수 없습니다.'],
  [/^Fragment "(\w+)" is never used\.$/, '"$1" 조각을 쓰지 않았습니다.'],
  [/^Cannot spread fragment "(\w+)" within itself/, '"$1" 조각이 자기 자신을 포함합니다.'],
  [/^Fragment (?:"(\w+)" )?cannot (?:be spread here|condition on)/, '이 자리에 쓸 수 없는 조각입니다.'],
  [/^Fields "(\w+)" conflict because/, '"$1"이(가) 서로 다른 필드를 가리킵니다. 별칭을 달리 주세요.'],
  [/^Variable "\$(\w+)" is not defined/, '변수 "$1"을(를) 선언하지 않았습니다.'],
  [/^Variable "\$(\w+)" is never used/, '변수 "$1"을(를) 쓰지 않았습니다.'],
  [/^Variable "\$(\w+)" of type "(.+)" used in position expecting type "(.+)"\.$/, '변수 "$1"은(는) $2 형식인데 $3 형식이 와야 합니다.'],
  [/^Variable "\$(\w+)" cannot be non-input type "(.+)"\.$/, '변수 "$1"은(는) $2 형식일 수 없습니다.'],
  [/^There can be only one (?:\w+ )+named "(.+)"\.$/, '"$1"이(가) 두 번 있습니다.'],
  [/^The directive "@(\w+)" can only be used once at this location\.$/, '"@$1"은(는) 여기서 한 번만 쓸 수 있습니다.'],
  [/^Directive "@(\w+)" may not be used on/, '"@$1"은(는) 이 자리에 쓸 수 없습니다.'],
  [/^The (.+) definition is not executable\.$/, '$1 정의는 실행할 수 없습니다.'],
  [/^Field "(\w+)" is not defined by type "(\w+)"\.$/, '"$2"에는 "$1" 값이 없습니다.'],
  [/^Value "\w+" does not exist in "(\w+)" enum\.$/, '$1 형식이어야 합니다.', 'It must be of type $1.'],
  [/^GET requests only support query operations/, 'GET으로는 query만 보낼 수 있습니다.'],
]; // prettier-ignore

const KNOWN = new Map([...SENTENCES, ...PARAMETERS].map(([theirs, ko, en = theirs]) => [theirs, { ko, en }]));
const ENGLISH = new Map([...KNOWN.values(), CSRF_REFUSED].map(({ ko, en }) => [ko, en]));
const SUGGESTION = ' Did you mean ';
/** What is read of a sentence, and shown; the rest is what somebody sent. */
const MAX_LENGTH = 500;

/** A sentence of a library in our languages; undefined when it is not one that readers are known to meet. */
export function libraryWords(text: string): Localized | undefined {
  if (text.startsWith('GraphQL introspection is not allowed')) return INTROSPECTION_REFUSED;
  if (text.startsWith('This operation has been blocked as a potential')) return CSRF_REFUSED;
  if (text.startsWith('GraphQL queries must be strings.'))
    return KNOWN.get('GraphQL queries must be strings.');
  const known = KNOWN.get(text);
  if (known) return known;
  const at = text.endsWith('?') ? text.lastIndexOf(SUGGESTION) : -1;
  const names =
    at < 0
      ? undefined
      : text
          .slice(at + SUGGESTION.length, -1)
          .replace('the enum value ', '')
          .replace(/,? or /g, ', ');
  const sentence = at < 0 ? text : text.slice(0, at);
  const pattern = PATTERNS.find(([theirs]) => theirs.test(sentence));
  if (!pattern) return undefined;
  const [theirs, ko, en] = pattern;
  const said = sentence.match(theirs)!;
  const filled = (template: string) => template.replace(/\$(\d)/g, (_, n: string) => said[Number(n)] ?? '');
  return {
    ko: filled(ko) + (names === undefined ? '' : ` 비슷한 이름: ${names}`),
    en: en === undefined ? text : filled(en) + text.slice(sentence.length),
  };
}

/** At most 500 characters of a library's sentence. */
export function shortened(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${cutText(text, MAX_LENGTH - 2)}….`;
}

/** The English of a whole Korean sentence of ours in a library's place. */
export function englishOf(korean: string): string | undefined {
  return ENGLISH.get(korean);
}
