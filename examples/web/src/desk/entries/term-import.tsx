import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import {
  DeskImportTermsDocument,
  type DeskImportTermsMutation,
  type EconomicTermInput,
} from '@/desk/generated/graphql';
import { DataTable, type Column } from '../parts/data-table';
import { Field } from '../parts/field';
import { Outcome } from '../parts/outcome';
import { useAction } from '../use-action';
import { readTerms, type ReadTerms } from './term-file';

type Report = DeskImportTermsMutation['importEconomicTerms'];

const SHOWN = 10;
const MAX_FAULTS = 10;

const COLUMNS: readonly Column<EconomicTermInput>[] = [
  { name: '용어', render: ({ term }) => term },
  { name: '뜻', render: ({ description }) => description },
  { name: '보기', render: ({ example }) => example },
  { name: '다른 이름', render: ({ aliases }) => aliases?.join(', ') },
];

/** Many terms at once: pasted, looked at, sent, reported. */
export function TermImport() {
  const [text, setText] = useState('');
  const [read, setRead] = useState<ReadTerms | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const reading = useRef('');
  const action = useAction();
  const [send] = useMutation(DeskImportTermsDocument, { refetchQueries: ['DeskTerms'] });

  function change(next: string) {
    setText(next);
    setReport(null);
    action.clear();
    reading.current = next;
    void readTerms(next).then((found) => reading.current === next && setRead(found));
  }
  const { terms = [], faults = [] } = read ?? {};
  return (
    <details className="panel">
      <summary>여러 용어를 한꺼번에 넣기</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(async () => {
            const { data } = await send({ variables: { terms } });
            change('');
            setReport(data!.importEconomicTerms);
          });
        }}
      >
        <Field
          label="CSV나 JSON 붙여 넣기"
          hint="CSV의 첫 줄은 ‘용어,뜻,보기,다른 이름’이고, 다른 이름은 쌍반점(;)으로 나눠요. JSON은 term, description, example, aliases를 가진 목록이에요."
          argument="terms"
          fault={action.fault}
        >
          {(props) => (
            <textarea {...props} rows={6} value={text} onChange={({ target }) => change(target.value)} />
          )}
        </Field>
        {faults.length > 0 && (
          <div className="alert" role="alert">
            <ul>
              {faults.slice(0, MAX_FAULTS).map((fault, index) => (
                <li key={index}>{fault}</li>
              ))}
              {faults.length > MAX_FAULTS && <li>그 밖에 {faults.length - MAX_FAULTS}가지</li>}
            </ul>
          </div>
        )}
        {terms.length > 0 && (
          <div>
            <p role="status">
              {terms.length.toLocaleString('ko-KR')}개를 읽었어요.
              {terms.length > SHOWN && ` 앞의 ${SHOWN}개만 보여요.`}
            </p>
            <DataTable
              caption="넣을 용어"
              columns={COLUMNS}
              rows={terms.slice(0, SHOWN)}
              keyOf={(term) => String(terms.indexOf(term))}
            />
          </div>
        )}
        <div>
          <button
            className="button primary"
            disabled={action.busy || terms.length === 0 || faults.length > 0}
          >
            {action.busy ? '넣는 중이에요…' : '용어 넣기'}
          </button>
        </div>
        <Outcome action={action} />
        {report && <ImportReport report={report} />}
      </form>
    </details>
  );
}

function ImportReport({ report: { created, alreadyPresent, duplicatesInFile } }: { report: Report }) {
  return (
    <div role="status">
      <p>{created.toLocaleString('ko-KR')}개를 넣었어요.</p>
      {alreadyPresent.length > 0 && <p>이미 있어서 넣지 않은 것: {alreadyPresent.join(', ')}</p>}
      {duplicatesInFile.length > 0 && <p>두 번 적혀서 한 번만 넣은 것: {duplicatesInFile.join(', ')}</p>}
    </div>
  );
}
