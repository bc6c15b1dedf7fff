import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import { SessionNotice } from '@/components/session-notice';
import { SiteFooter } from '@/components/site-footer';
import { SiteHeader } from '@/components/site-header';
import { openCookies } from '@/server/cookies';
import { originOf } from '@/server/origin';
import './globals.css';

const pretendard = localFont({
  src: [
    {
      path: '../../node_modules/pretendard/dist/web/static/woff2-subset/Pretendard-Regular.subset.woff2',
      weight: '400',
    },
    {
      path: '../../node_modules/pretendard/dist/web/static/woff2-subset/Pretendard-SemiBold.subset.woff2',
      weight: '600',
    },
  ],
  variable: '--pretendard',
  display: 'swap',
});

export async function generateMetadata(): Promise<Metadata> {
  return {
    metadataBase: new URL(originOf(await headers())),
    title: { default: '경단: 쉬운 경제 뉴스', template: '%s | 경단' },
    description: '어려운 경제 뉴스를 쉬운 말로 다시 씁니다.',
    openGraph: { siteName: '경단', locale: 'ko_KR', type: 'website' },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfbf8' },
    { media: '(prefers-color-scheme: dark)', color: '#171614' },
  ],
};

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  const { role } = await openCookies();
  return (
    <html lang="ko" className={pretendard.variable}>
      <body>
        <a className="skip-link" href="#main">
          본문으로 건너뛰기
        </a>
        <SiteHeader role={role} />
        <SessionNotice />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
