import Link from 'next/link';
import { Notice } from '@/components/notice';

export default function NotFound() {
  return (
    <Notice title="페이지를 찾을 수 없습니다">
      <p>주소가 바뀌었거나, 기사가 내려갔을 수 있습니다.</p>
      <p>
        <Link href="/">홈에서 새 기사 보기</Link> · <Link href="/search">기사 검색하기</Link>
      </p>
    </Notice>
  );
}
