import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { ArticleTextFragmentDoc } from '@/graphql/generated/graphql';
import { Explained } from './explained';
import { markPhrases } from './mark-phrases';
import styles from './article-text.module.css';

/** The easy text; a hard expression is explained where it stands first. */
export function ArticleText({ article }: { article: FragmentType<typeof ArticleTextFragmentDoc> }) {
  const { content, phrases } = getFragmentData(ArticleTextFragmentDoc, article);
  return (
    <div className={styles.text}>
      {markPhrases(content, phrases).map((pieces, paragraph) => (
        <p key={paragraph}>
          {pieces.map(({ text, easy }, index) =>
            easy === undefined ? text : <Explained key={index} expression={text} easy={easy} />,
          )}
        </p>
      ))}
    </div>
  );
}
