import type { Example } from './examples';

export const NEWEST_PUBLISHED = `{ articles(first: 1) { edges { node { id } } } }`;

/** What readers do. */
export const READING: Example[] = [
  {
    title: '최신 기사 목록',
    audience: 'ANYONE',
    query: `# 공개된 기사를 최신순으로 봅니다.
query Articles {
  articles(first: 5) {
    edges {
      node {
        title
        comment
        category
        publisher { name }
        releasedAt
        id
      }
    }
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`,
    variables: {},
  },
  {
    title: '기사 한 편 읽기',
    audience: 'ANYONE',
    query: `query Article($id: ID!) {
  article(id: $id) {
    title
    content
    comment
    phrases { expression easy }
    publisher { name }
    sourceUrl
    publishedAt
    viewCount
  }
}`,
    variables: { id: null },
    prepare: NEWEST_PUBLISHED,
  },
  {
    title: '경제 용어 물어보기',
    audience: 'ANYONE',
    query: `# 낱말이든 질문이든, 영어든 괜찮습니다.
# 예: "양적 완화 설명해줘", "what is GDP"
query FindTerm($question: String!) {
  findTerm(question: $question) {
    term
    description
    example
  }
}`,
    variables: { question: '기준금리가 뭐야?' },
  },
  {
    title: '기사에 나온 경제 용어',
    audience: 'ANYONE',
    query: `query ArticleTerms($id: ID!) {
  article(id: $id) {
    title
    terms {
      term
      description
    }
  }
}`,
    variables: { id: null },
    prepare: NEWEST_PUBLISHED,
  },
  {
    title: '나는 어떤 독자일까요?',
    audience: 'ANYONE',
    query: `# readerQuestions가 묻는 질문 열 개의 답입니다.
# 0, 1, 2 가운데 하나씩, 순서대로 적으세요.
mutation AnswerReaderQuestions(
  $answers: [Int!]!
) {
  answerReaderQuestions(answers: $answers) {
    profile {
      type
      weights { type points percent }
    }
  }
}`,
    variables: { answers: [1, 1, 2, 0, 0, 1, 1, 1, 2, 2] },
  },
  {
    title: '내 정보와 로그인 기록',
    audience: 'USER',
    query: `query Me {
  me {
    id
    name
    email
    role
    sessions {
      id
      userAgent
      createdAt
      lastUsedAt
      current
    }
  }
}`,
    variables: {},
  },
];
