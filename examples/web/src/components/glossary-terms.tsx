import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { GlossaryTermFragmentDoc } from '@/graphql/generated/graphql';
import styles from './glossary-terms.module.css';

/** Entries of the glossary, each with its meaning. */
export function GlossaryTerms({ terms }: { terms: readonly FragmentType<typeof GlossaryTermFragmentDoc>[] }) {
  return (
    <dl className={styles.terms}>
      {getFragmentData(GlossaryTermFragmentDoc, terms).map(({ id, term, description, example }) => (
        <div key={id}>
          <dt>{term}</dt>
          <dd>{description}</dd>
          {example && <dd className={styles.example}>예: {example}</dd>}
        </div>
      ))}
    </dl>
  );
}
