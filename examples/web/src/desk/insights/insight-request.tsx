import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import { DeskDatasetsDocument, DeskRequestInsightDocument } from '@/desk/generated/graphql';
import { Field } from '../parts/field';
import { ListState } from '../parts/list-state';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';

/** Asks for a chart of a data set. */
export function InsightRequest() {
  const query = useQuery(DeskDatasetsDocument, { fetchPolicy: 'cache-and-network' });
  const [request] = useMutation(DeskRequestInsightDocument);
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState('');
  const action = useAction();
  const datasets = query.data?.datasets ?? [];
  const dataset = datasets.find(({ id }) => id === chosen) ?? datasets[0];
  return (
    <ListState query={query} isEmpty={!dataset} empty="쓸 수 있는 자료가 없어요.">
      <form
        className="panel stack"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(async () => {
            await request({ variables: { datasetId: dataset!.id, title: title.trim() } });
            setTitle('');
          }, '쓰기를 부탁했어요. 아래에서 지켜볼 수 있어요.');
        }}
      >
        <h2>새로 부탁하기</h2>
        <Field label="자료" argument="datasetId" fault={action.fault}>
          {(props) => (
            <select {...props} value={dataset?.id} onChange={({ target }) => setChosen(target.value)}>
              {datasets.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        {dataset && (
          <p className="muted">
            {dataset.columns.length > 0 ? `열: ${dataset.columns.join(', ')}` : '아직 읽은 적이 없어요.'}
            {dataset.fetchedAt && (
              <>
                {' '}
                · <SeoulTime at={dataset.fetchedAt} withTime />
              </>
            )}{' '}
            ·{' '}
            <a href={dataset.sourceUrl} target="_blank" rel="noreferrer">
              자료 설명
            </a>
          </p>
        )}
        <Field
          label="무엇에 관한 그림인가요?"
          hint="보기: 서울 인구 추이"
          argument="title"
          fault={action.fault}
        >
          {(props) => (
            <input
              {...props}
              value={title}
              required
              maxLength={100}
              onChange={({ target }) => setTitle(target.value)}
            />
          )}
        </Field>
        <div>
          <button className="button primary" disabled={action.busy}>
            부탁하기
          </button>
        </div>
        <Outcome action={action} />
      </form>
    </ListState>
  );
}
