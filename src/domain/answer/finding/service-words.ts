/** How words begin that readers use for the same when they ask about the service itself. */
const SERVICE_WORDS: readonly string[] = [
  '원문 원본 원래기사 원기사 출처',
  '기사 뉴스 글을 글은 글이 글에 글도',
  '로그인 회원가입 가입 접속 로긴',
  '탈퇴 회원탈퇴 계정삭제 계정을지우 계정지우 계정없애 계정지워 그만두',
  '이름 닉네임 닉넴 별명 아이디',
  '프로필 프사 프필 프로필사진',
  '사진 이미지',
  '바꾸 바꿀 바꿔 바뀌 변경 수정 교체',
  '정보 개인정보 데이터 자료 기록',
  '내려받 다운 저장 파일 내보내 백업',
  '지우 지워 삭제 없애 없어 사라지 남아',
  '잘못 틀린 틀렸 틀려 틀리 오타 오자 오류 오보 이상한 사실 거짓 다른데 다르 달라',
  '신고 제보 알려 말해 알리 전하 문의 발견 정정 고쳐',
  '언론사 신문사 방송사 매체 기자',
  '내려 내리 빼주 게재',
  '경단 서비스 앱 어플 사이트 홈페이지',
  '누가 사람 ai 인공지능 모델 기계 로봇 에이아이',
  '쓰나 쓰는 쓰고 쓴 써 써요 작성 만드 만들',
  '않아도 안해도 안하고 없이 안하면 비회원 꼭 필수 해야 반드시',
  '읽 보고 보여 볼 봐 보나 보려 보는 구경',
  '어디 어딨 어느',
  '카카오 카톡',
  '비밀번호 비번 암호',
  '무료 공짜 유료 결제 요금',
  '질문 물어 묻는 물음 여쭤',
  '답 대답 답변',
  '하루 오늘 일일 매일',
  '개수 갯수 횟수 제한 한도',
  '뉴스레터 메일링 메일 이메일 소식지',
  '구독 신청 수신',
  '그만 해지 끊',
  '운영자 운영진 운영팀 관리자 담당자 고객센터 고객 상담 연락 연락처',
  '숫자 수치 제목',
  '실패 버튼 화면 문제 에러',
  '챗봇 너는 너도 네가 니가 너한테 너에게 당신',
  '도와 도움 도울',
];

const CONCEPTS = SERVICE_WORDS.flatMap((words, concept) =>
  words.split(' ').map((beginning) => ({ beginning, concept: `=${concept}` })),
).sort((a, b) => b.beginning.length - a.beginning.length);
/** Shorter beginnings are words of their own only. */
const SHORTEST_BEGINNING = 2;
const MAX_ENDING = 3;

/** What a word says about the service, or null when it is none of its words. */
export function serviceConceptOf(word: string): string | null {
  const found = CONCEPTS.find(
    ({ beginning }) =>
      word.startsWith(beginning) &&
      (beginning.length >= SHORTEST_BEGINNING || word.length - beginning.length <= MAX_ENDING),
  );
  return found?.concept ?? null;
}
