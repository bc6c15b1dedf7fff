import type { ErrorCode } from '../../errors';

export type Refusal = Extract<ErrorCode, `DATASET_${string}`>;
/** `NO_DATA`: the answer is no rows. */
type Meaning = Refusal | 'NO_DATA';

/** The words are surer than the numbers, which some services give a meaning of their own. The first that fits counts. */
const BY_WORDS: readonly [RegExp, Meaning][] = [
  [/NO_?DATA|데이터가 ?없|자료가 ?없/i, 'NO_DATA'],
  [/PER[_ ]SECOND|초당/i, 'DATASET_UNAVAILABLE'],
  [/LIMITED_NUMBER|QUOTA|RATE LIMIT|제한 ?횟수|트래픽|허용 ?횟수/i, 'DATASET_QUOTA'],
  [
    /SERVICE[_ ]?KEY|DEADLINE|ACCESS_DENIED|PERMISSION_DENIED|(?:UNREGISTERED|BLACKLIST)_IP|UNSIGNED_CALL|인증키|서비스키|UNAUTHORIZED|FORBIDDEN/i,
    'DATASET_KEY_REFUSED',
  ],
  [
    /NO_OPENAPI_SERVICE|등록되지 ?않은 ?서비스|종료된 ?서비스|NOT FOUND|PARAMETER|파라미터/i,
    'DATASET_INVALID',
  ],
];

/** Of apis.data.go.kr, in the body of answers with any status; of api.odcloud.kr the negative ones. */
const BY_CODE: Record<string, Meaning> = {
  '3': 'NO_DATA',
  ...each('DATASET_UNAVAILABLE', '1 2 4 5 23 99 -1 -5 -999'),
  ...each('DATASET_QUOTA', '22 -10'),
  ...each('DATASET_KEY_REFUSED', '20 21 29 30 31 32 33 -4 -401'),
  ...each('DATASET_INVALID', '10 11 12 -2 -3 -9 -11'),
};

function each(meaning: Meaning, codes: string): Record<string, Meaning> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, meaning]));
}

/** What a refusal means, by what the server says, then by its number, then by the status. */
export function meaningOf(status: number, code: string | undefined, words: string): Meaning {
  const said = BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
  return said ?? BY_CODE[String(Number(code))] ?? meaningOfStatus(status);
}

function meaningOfStatus(status: number): Refusal {
  if (status === 429) return 'DATASET_QUOTA';
  if (status === 401 || status === 403) return 'DATASET_KEY_REFUSED';
  return status >= 500 || status === 408 ? 'DATASET_UNAVAILABLE' : 'DATASET_INVALID';
}
