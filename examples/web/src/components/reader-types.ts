import type { ReaderType } from '@/graphql/generated/graphql';

/** What the five types are called, and what the schema says of them. */
export const READER_TYPES: Record<ReaderType, { name: string; description: string }> = {
  ISSUE_FINDER: {
    name: '이슈파인더',
    description: '새로운 소식과 논쟁을 놓치지 않고 따라가요.',
  },
  LIFESTYLE_CONSUMER: {
    name: '라이프스타일소비자',
    description: '경제 소식을 생활에 바로 써먹고, 돈을 아낄 방법을 찾아요.',
  },
  ENTERTAINER: {
    name: '엔터테이너',
    description: '경제 이야기를 가벼운 마음으로 재미있게 즐겨요.',
  },
  TECH_SPECIALIST: {
    name: '테크전문가',
    description: '기술을 잘 알고, 기술이 경제를 어떻게 바꾸는지 살펴봐요.',
  },
  PROFESSIONAL: {
    name: '전문가',
    description: '분석과 전문가 의견, 통계를 찾아 깊이 있게 읽어요.',
  },
};

/** The address of a type's own page. */
export function readerTypePath(type: ReaderType): string {
  return `/reader-type/${slugOf(type)}`;
}

export function readerTypeOf(slug: string): ReaderType | undefined {
  return (Object.keys(READER_TYPES) as ReaderType[]).find((type) => slugOf(type) === slug);
}

function slugOf(type: ReaderType): string {
  return type.toLowerCase().replaceAll('_', '-');
}
