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
    title: '기사 검색',
    audience: 'ANYONE',
    query: `# 조사와 띄어쓰기는 상관없습니다.
query Search($search: String!) {
  articles(
    first: 5
    filter: { search: $search }
  ) {
    totalCount
    edges {
      node {
        title
        comment
        releasedAt
        similarArticles(first: 2) { title }
      }
    }
  }
}`,
    variables: { search: '한국은행 금리는' },
  },
  {
    title: '이번 주 많이 읽은 기사',
    audience: 'ANYONE',
    query: `query PopularArticles {
  popularArticles(first: 10) {
    title
    viewCount
    publisher { name }
  }
}`,
    variables: {},
  },
  {
    title: '기사를 읽었다고 알리기',
    audience: 'ANYONE',
    query: `# 30분 안에 다시 알리면 조회수는 그대로이고
# 머문 시간만 늘어납니다.
mutation RecordArticleView($id: ID!) {
  recordArticleView(
    articleId: $id
    dwellSeconds: 30
  ) {
    counted
    article { title viewCount }
  }
}`,
    variables: { id: null },
    prepare: NEWEST_PUBLISHED,
  },
  {
    title: '최근에 읽은 기사',
    audience: 'USER',
    query: `query RecentArticles {
  me {
    recentArticles(first: 3) {
      title
      viewCount
    }
  }
}`,
    variables: {},
  },
  {
    title: '나에게 맞는 기사',
    audience: 'USER',
    query: `query Recommendations {
  recommendations(first: 5) {
    score
    reason
    article { id title category }
  }
}`,
    variables: {},
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
