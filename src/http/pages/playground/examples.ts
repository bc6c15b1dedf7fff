import { NEWEST_PUBLISHED, READING } from './reading-examples';

/** An operation that the playground offers ready to run. */
export interface Example {
  /** Korean, as the list shows it. */
  title: string;
  /** Who may run it. */
  audience: 'ANYONE' | 'USER' | 'ADMIN';
  query: string;
  /** A null is filled in from the answer to `prepare`: the first value under the same name. */
  variables: Record<string, unknown>;
  prepare?: string;
}

/** In the order of an editor's day: read, request an article, watch it, edit, publish, look after users. */
export function exampleOperations({ articleUrl }: { articleUrl: string }): Example[] {
  return [...READING, requestArticle(articleUrl), ...EDITING, ...USERS];
}

const NEWEST_IN_REVIEW = `{
  articles(first: 1, filter: { status: IN_REVIEW }) {
    edges { node { id title comment updatedAt } }
  }
}`;

function requestArticle(url: string): Example {
  return {
    title: '기사 주소로 새 글 만들기',
    audience: 'ADMIN',
    query: `# 원문을 쉬운 글로 바꾸기 시작합니다.
# 이어서 "만드는 과정 지켜보기"를 여세요.
mutation RequestArticle($url: URL!) {
  requestArticle(url: $url) {
    id
    status
    step
    progress
  }
}`,
    variables: { url },
  };
}

const EDITING: Example[] = [
  {
    title: '만드는 과정 지켜보기',
    audience: 'ADMIN',
    query: `# 가장 최근 작업입니다. SUCCEEDED가
# 될 때까지 여러 번 실행해 보세요.
query GenerationJob($id: ID!) {
  generationJob(id: $id) {
    status
    step
    progress
    attempts
    model
    error {
      code
      message
      retryable
    }
    article {
      id
      title
      status
    }
  }
}`,
    variables: { id: null },
    prepare: `{ generationJobs(first: 1) { edges { node { id } } } }`,
  },
  {
    title: '검토를 기다리는 기사',
    audience: 'ADMIN',
    query: `query ArticlesInReview {
  articles(
    first: 5
    filter: { status: IN_REVIEW }
  ) {
    edges {
      node {
        id
        title
        content
        comment
        category
        phrases { expression easy }
        original { title content }
        updatedAt
      }
    }
    totalCount
  }
}`,
    variables: {},
  },
  {
    title: '기사 고치기',
    audience: 'ADMIN',
    query: `# 변수 칸에서 글을 고친 뒤 실행하세요.
# 남이 먼저 고쳤다면 CONFLICT가 납니다.
mutation UpdateArticle(
  $id: ID!
  $input: ArticleInput!
  $updatedAt: DateTime
) {
  updateArticle(
    id: $id
    input: $input
    expectedUpdatedAt: $updatedAt
  ) {
    title
    comment
    updatedAt
    revisions {
      title
      author { name }
      createdAt
    }
  }
}`,
    variables: { id: null, updatedAt: null, input: { title: null, comment: null } },
    prepare: NEWEST_IN_REVIEW,
  },
  {
    title: '기사 공개하기',
    audience: 'ADMIN',
    query: `mutation PublishArticle($id: ID!) {
  publishArticle(id: $id) {
    title
    status
    releasedAt
  }
}`,
    variables: { id: null },
    prepare: NEWEST_IN_REVIEW,
  },
  {
    title: '기사 숨기기',
    audience: 'ADMIN',
    query: `mutation HideArticle($id: ID!) {
  hideArticle(id: $id) {
    title
    status
  }
}`,
    variables: { id: null },
    prepare: NEWEST_PUBLISHED,
  },
];

const USERS: Example[] = [
  {
    title: '사용자 목록',
    audience: 'ADMIN',
    query: `query Users($search: String) {
  users(first: 20, search: $search) {
    edges {
      node {
        id
        name
        email
        role
        createdAt
      }
    }
    totalCount
  }
}`,
    variables: { search: '' },
  },
  {
    title: '사용자 권한 바꾸기',
    audience: 'ADMIN',
    query: `# 변수 칸의 role을 바꾼 뒤 실행하세요.
mutation SetUserRole(
  $id: ID!
  $role: Role!
) {
  setUserRole(id: $id, role: $role) {
    id
    name
    role
  }
}`,
    variables: { id: null, role: null },
    prepare: `{ users(first: 1) { edges { node { id role } } } }`,
  },
  {
    title: '감사 기록',
    audience: 'ADMIN',
    query: `query AuditLog {
  auditLog(first: 20) {
    edges {
      node {
        createdAt
        actor { name }
        action
        targetType
        targetId
        details
      }
    }
  }
}`,
    variables: {},
  },
];
