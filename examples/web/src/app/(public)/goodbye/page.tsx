import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/components/notice';

export const metadata: Metadata = { title: '안녕히 가세요', robots: { index: false } };

export default function GoodbyePage() {
  return (
    <Notice title="계정을 지웠어요">
      <p>그동안 경단을 읽어 주셔서 고마워요. 로그인하지 않아도 모든 기사를 계속 읽을 수 있어요.</p>
      <p>
        <Link href="/">홈에서 새 기사 보기</Link>
      </p>
    </Notice>
  );
}
