import { getFragmentData, type FragmentType } from '@/graphql/generated/fragment-masking';
import { ReaderProfileFragmentDoc } from '@/graphql/generated/graphql';
import { READER_TYPES } from './reader-types';
import styles from './reader-profile.module.css';

/** How much of each type is in a reader, the strongest first. */
export function ReaderProfile({ profile }: { profile: FragmentType<typeof ReaderProfileFragmentDoc> }) {
  const { weights } = getFragmentData(ReaderProfileFragmentDoc, profile);
  return (
    <dl className={styles.weights}>
      {weights
        .toSorted((left, right) => right.percent - left.percent)
        .map(({ type, percent }) => (
          <div key={type}>
            <dt>{READER_TYPES[type].name}</dt>
            <dd>
              <span className={styles.track} aria-hidden="true">
                <span style={{ width: `${percent}%` }} />
              </span>
              <span className={styles.percent}>{Math.round(percent)}%</span>
            </dd>
          </div>
        ))}
    </dl>
  );
}
