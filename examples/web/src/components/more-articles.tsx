'use client';

import { useState, type MouseEvent } from 'react';
import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import {
  ArticlePageFragmentDoc,
  MoreArticlesDocument,
  type ArticleFilter,
} from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';
import { ArticleList } from './article-list';

interface Props {
  first: FragmentType<typeof ArticlePageFragmentDoc>;
  size: number;
  filter: ArticleFilter;
  /** The address of the page that lists them, and what of it comes first on the next one. */
  place: { path: string; query: Record<string, string>; hash: string };
}

/** A list of articles, page behind page. Without scripts “더 보기” is a link to the next page. */
export function MoreArticles({ first, size, filter, place }: Props) {
  const [pages, setPages] = useState([first]);
  const [loading, setLoading] = useState(false);
  const shown = pages.map((page) => getFragmentData(ArticlePageFragmentDoc, page));
  const { hasNextPage, endCursor } = shown.at(-1)!.pageInfo;
  const next = `${place.path}?${new URLSearchParams({ ...place.query, after: endCursor ?? '' })}#${place.hash}`;

  async function load(event: MouseEvent<HTMLAnchorElement>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (loading) return;
    setLoading(true);
    try {
      const variables = { first: size, after: endCursor, filter };
      const { articles } = await sendDocument(MoreArticlesDocument, variables);
      setPages([...pages, articles]);
    } catch {
      window.location.assign(next);
    } finally {
      setLoading(false);
    }
  }
  return (
    <>
      <ArticleList articles={shown.flatMap(({ edges }) => edges.map(({ node }) => node))} />
      {hasNextPage && (
        <a className="button" href={next} onClick={(event) => void load(event)} aria-busy={loading}>
          {loading ? '불러오는 중…' : '더 보기'}
        </a>
      )}
    </>
  );
}
