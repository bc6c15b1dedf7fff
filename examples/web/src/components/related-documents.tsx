import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { RelatedDocumentFragmentDoc } from '@/graphql/generated/graphql';
import styles from './related-documents.module.css';

interface Props {
  documents: readonly FragmentType<typeof RelatedDocumentFragmentDoc>[];
}

/** What others wrote, with links that lead to them. */
export function RelatedDocuments({ documents }: Props) {
  return (
    <ul className={styles.documents}>
      {getFragmentData(RelatedDocumentFragmentDoc, documents).map(({ id, title, link, snippet }) => (
        <li key={id}>
          <a href={link} rel="noopener nofollow">
            {title}
          </a>{' '}
          <span className={styles.host}>{new URL(link).hostname}</span>
          {snippet && <p>{snippet}</p>}
        </li>
      ))}
    </ul>
  );
}
