import type { ArticleStatus, GenerationKind, GenerationStatus, Role } from '@/desk/generated/graphql';

/** How the newsroom calls what the gateway has English names for. */
export const STATUS_NAMES: Record<ArticleStatus, string> = {
  IN_REVIEW: '검토 중',
  PUBLISHED: '공개',
  HIDDEN: '숨김',
  TAKEN_DOWN: '내려짐',
};

export const JOB_STATUS_NAMES: Record<GenerationStatus, string> = {
  QUEUED: '기다림',
  RUNNING: '하는 중',
  SUCCEEDED: '끝남',
  FAILED: '실패',
  CANCELED: '취소됨',
};

export const KIND_NAMES: Record<GenerationKind, string> = {
  ARTICLE: '기사 쓰기',
  COLLECTION: '기사 모으기',
  INSIGHT: '인사이트 쓰기',
  NEWSLETTER: '뉴스레터 보내기',
  ANSWER: '질문에 답하기',
  RECOMMENDATIONS: '추천 배우기',
};

export const ROLE_NAMES: Record<Role, string> = { ADMIN: '관리자', USER: '독자' };

const STEP_NAMES: Record<string, string | undefined> = {
  collecting: '새 기사 찾기',
  crawling: '원문 읽기',
  retrieving: '관련 자료 찾기',
  rewriting: '쉬운 말로 쓰기',
  checking: '원문과 맞는지 보기',
  loading: '자료 읽기',
  training: '배우기',
  answering: '답 쓰기',
  writing: '글쓰기',
  drawing: '그림 그리기',
  sending: '메일 보내기',
  saving: '저장하기',
};

const QUEUE_NAMES: Record<string, string | undefined> = {
  articles: '기사',
  answers: '질문과 답',
  bulk: '모으기와 메일',
  training: '추천 배우기',
};

/** Of AuditEntry.targetType. */
export const TARGET_NAMES = {
  Answer: '답변',
  Article: '기사',
  EconomicTerm: '용어',
  Faq: '자주 묻는 질문',
  GenerationJob: '작업',
  Import: '이전 자료',
  Insight: '인사이트',
  NewsletterIssue: '뉴스레터',
  NewsletterSubscription: '구독',
  Publisher: '언론사',
  Queue: '대기열',
  Session: '로그인',
  User: '회원',
} as const;

const VERB_NAMES: Record<string, string | undefined> = {
  attempt: '시도',
  cancel: '취소',
  collect: '모으기',
  confirm: '구독 확인',
  create: '추가',
  delete: '삭제',
  finish: '끝',
  generate: '새로 씀',
  hide: '숨김',
  import: '한꺼번에 추가',
  lapse: '기한 지남',
  login: '로그인',
  logout: '로그아웃',
  logout_everywhere: '모든 곳에서 로그아웃',
  pause: '멈춤',
  publish: '공개',
  refresh_reuse: '지난 토큰 사용으로 끝남',
  regenerate: '다시 씀',
  replace: '다른 로그인으로 바뀜',
  request: '쓰기 요청',
  request_regeneration: '다시 쓰기 요청',
  resume: '다시 시작',
  retry: '다시 시도',
  revoke: '로그인 끊음',
  role: '권한 변경',
  send: '보내기 요청',
  sent: '보냄',
  start: '시작',
  subscribe: '구독 신청',
  take_down: '내림',
  unlink: '카카오 연결 끊음',
  unsubscribe: '구독 끊음',
  update: '고침',
};

export function stepName(step: string): string {
  return STEP_NAMES[step] ?? step;
}

export function queueName(name: string): string {
  return QUEUE_NAMES[name] ?? name;
}

/** Of AuditEntry.action, `<subject>.<verb>`. */
export function actionName(action: string): string {
  return VERB_NAMES[action.slice(action.indexOf('.') + 1)] ?? action;
}

/** In US dollars; small sums keep enough digits to be told from nothing. */
export function dollars(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && amount < 0.1 ? 4 : 2)}`;
}

const MOMENT = new Intl.DateTimeFormat('ko-KR', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'Asia/Seoul',
});

/** A moment where no element can stand, such as in an option. */
export function momentInSeoul(at: string): string {
  return MOMENT.format(new Date(at));
}

export type TargetType = keyof typeof TARGET_NAMES;

export function isTargetType(value: unknown): value is TargetType {
  return typeof value === 'string' && Object.hasOwn(TARGET_NAMES, value);
}
