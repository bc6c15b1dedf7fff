import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { getFragmentData } from '@/desk/generated/fragment-masking';
import {
  DeskCollectNewsDocument,
  DeskJobFragmentDoc,
  DeskRequestArticleDocument,
  type DeskJobFragment,
} from '@/desk/generated/graphql';
import { Field } from '../parts/field';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';
import { JobCard } from './job-card';
import styles from './jobs.module.css';

/** Collects from all feeds, or asks for one article, and shows what came of the last request. */
export function JobRequests({ live }: { live: readonly DeskJobFragment[] }) {
  const [url, setUrl] = useState('');
  const [asked, setAsked] = useState<DeskJobFragment | null>(null);
  const collecting = useAction();
  const requesting = useAction();
  const [collect] = useMutation(DeskCollectNewsDocument);
  const [request] = useMutation(DeskRequestArticleDocument);
  const present = asked && (live.find(({ id }) => id === asked.id) ?? asked);
  return (
    <div className="stack">
      <div className={styles.requests}>
        <div className="panel">
          <h2>새 기사 모으기</h2>
          <p>따르는 언론사의 피드에서 새 기사를 찾아요.</p>
          <button
            className="button primary"
            disabled={collecting.busy}
            onClick={() =>
              void collecting.run(async () => {
                const { data } = await collect();
                setAsked(getFragmentData(DeskJobFragmentDoc, data!.collectNews));
              }, '모으기를 시작했어요.')
            }
          >
            지금 모으기
          </button>
          <Outcome action={collecting} />
        </div>
        <form
          className="panel"
          onSubmit={(event) => {
            event.preventDefault();
            void requesting.run(async () => {
              const { data } = await request({ variables: { url: url.trim() } });
              setAsked(getFragmentData(DeskJobFragmentDoc, data!.requestArticle));
              setUrl('');
            }, '쓰기를 부탁했어요.');
          }}
        >
          <h2>주소로 부탁하기</h2>
          <Field label="기사 주소" argument="url" fault={requesting.fault}>
            {(props) => (
              <input
                {...props}
                type="url"
                required
                placeholder="https://"
                value={url}
                onChange={({ target }) => setUrl(target.value)}
              />
            )}
          </Field>
          <button className="button" disabled={requesting.busy}>
            쉽게 써 달라고 하기
          </button>
          <Outcome action={requesting} />
        </form>
      </div>
      {present && (
        <section aria-labelledby="asked">
          <h2 id="asked">방금 부탁한 작업</h2>
          <JobCard job={present} />
        </section>
      )}
    </div>
  );
}
