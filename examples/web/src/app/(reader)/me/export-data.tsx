import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { seoulDay } from '@/components/seoul-time';
import { faultIn } from '@/graphql/fault-in';
import { ExportMyDataDocument } from '@/graphql/generated/graphql';
import { collectExport, entriesOf, type ExportPart } from './collect-export';
import styles from './me.module.css';

const count = (entries: number) => `${entries.toLocaleString('ko-KR')}개`;

/** Everything that is kept about the reader, as one file. */
export function ExportData() {
  const client = useApolloClient();
  const [told, tell] = useState('');
  const [fault, setFault] = useState<string>();
  const running = useRef<AbortController>(null);
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), []);

  async function read(after: string | null): Promise<ExportPart> {
    const { data } = await client
      .query({ query: ExportMyDataDocument, variables: { after }, fetchPolicy: 'no-cache' })
      .catch((error: unknown) => {
        throw faultIn(error);
      });
    return data!.exportMyData as ExportPart;
  }
  async function download() {
    const { signal } = (running.current = new AbortController());
    setRunning(true);
    setFault(undefined);
    tell('모으는 중이에요…');
    try {
      const onProgress = (entries: number) => tell(`모으는 중이에요… 지금까지 ${count(entries)}`);
      const whole = await collectExport({ read, onProgress, signal });
      save(whole);
      const rest = whole.complete ? '' : ' 너무 많아서 가장 최근의 것만 담았어요.';
      tell(`기록 ${count(entriesOf(whole))}를 파일 하나로 내려받았어요.${rest}`);
    } catch (error) {
      if (signal.aborted) return;
      tell('');
      setFault(faultIn(error).message);
    } finally {
      setRunning(false);
    }
  }
  return (
    <section aria-labelledby="export">
      <h2 id="export">내 자료 내려받기</h2>
      <p className={styles.note}>
        경단이 나에 대해 가진 모든 것을 JSON 파일 하나로 받아요. 계정, 유형, 로그인 기록, 읽은 기사와 본 기사,
        추천에 남긴 의견, 질문과 답, 뉴스레터 구독이 들어 있어요.
      </p>
      <button className="button" disabled={isRunning} onClick={() => void download()}>
        {isRunning ? '모으는 중…' : '내려받기'}
      </button>
      <p role="status">{told}</p>
      {fault && (
        <p className="alert" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}

function save({ endCursor: _endCursor, ...content }: ExportPart): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  link.download = `gyeongdan-${seoulDay(new Date())}.json`;
  link.click();
  // Not at once: Safari reads it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
