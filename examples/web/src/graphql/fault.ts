/** What a reader is told for each `extensions.code` of the gateway. */
const SENTENCES: Record<string, string> = {
  BAD_USER_INPUT: '입력값을 다시 확인해 주세요.',
  BAD_REQUEST: '요청을 이해하지 못했습니다. 페이지를 새로 고친 뒤 다시 시도해 주세요.',
  UNAUTHENTICATED: '로그인이 필요합니다.',
  FORBIDDEN: '권한이 없습니다.',
  NOT_FOUND: '찾을 수 없습니다. 이미 지워졌을 수 있습니다.',
  CONFLICT: '다른 변경과 겹쳤습니다. 새로 고친 뒤 다시 시도해 주세요.',
  RATE_LIMITED: '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
  UPSTREAM_UNAVAILABLE: '서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
  QUERY_TOO_COMPLEX: '한 번에 너무 많은 것을 요청했습니다.',
  PERSISTED_QUERY_NOT_FOUND: '페이지가 오래되었습니다. 새로 고친 뒤 다시 시도해 주세요.',
  DOCUMENT_NOT_PERSISTED: '페이지가 오래되었습니다. 새로 고친 뒤 다시 시도해 주세요.',
  INTERNAL_SERVER_ERROR: '서버에서 문제가 생겼습니다. 잠시 후 다시 시도해 주세요.',
};

/** What the gateway says of a fault beside its code. */
export interface FaultDetail {
  /** The gateway's own sentence, in Korean. */
  message?: string | undefined;
  /** The input at fault, e.g. `input.email`. */
  argument?: string | undefined;
}

/** The gateway's sentence says more of these than the code: which input is wrong, or until when a limit holds. */
const TOLD_BY_GATEWAY: readonly string[] = ['BAD_USER_INPUT', 'RATE_LIMITED'];

/** An answer that is no answer. `message` is for the reader. */
export class Fault extends Error {
  readonly argument: string | undefined;

  constructor(
    readonly code: string,
    { message, argument }: FaultDetail = {},
  ) {
    super((TOLD_BY_GATEWAY.includes(code) && detailOf(code, message, argument)) || sentenceFor(code));
    this.argument = argument;
  }
}

/** Without what the gateway says of every fault of this code, and without names of arguments. */
function detailOf(code: string, message = '', argument?: string): string {
  const detail = argument === undefined ? message : (message.split(`(${argument})`)[1] ?? '');
  return detail.replace(sentenceFor(code), '').trim();
}

export function sentenceFor(code: string): string {
  return SENTENCES[code] ?? SENTENCES.INTERNAL_SERVER_ERROR!;
}

interface GatewayError {
  message: string;
  extensions?: { code?: string; argument?: string };
}

/** The fault that the errors of an answer tell of. */
export function faultOf([error]: readonly GatewayError[]): Fault {
  const { code = 'INTERNAL_SERVER_ERROR', argument } = error?.extensions ?? {};
  return new Fault(code, { message: error?.message, argument });
}
