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

/** An answer that is no answer. `message` is for the reader. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    /** The gateway's own sentence, in Korean: it says which input is wrong. */
    detail?: string,
  ) {
    super(code === 'BAD_USER_INPUT' && detail ? detail : sentenceFor(code));
  }
}

export function sentenceFor(code: string): string {
  return SENTENCES[code] ?? SENTENCES.INTERNAL_SERVER_ERROR!;
}

interface GatewayError {
  message: string;
  extensions?: { code?: string };
}

/** The fault that the errors of an answer tell of. */
export function faultOf([error]: readonly GatewayError[]): Fault {
  return new Fault(error?.extensions?.code ?? 'INTERNAL_SERVER_ERROR', error?.message);
}
