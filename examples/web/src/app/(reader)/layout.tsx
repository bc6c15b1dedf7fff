import { ReaderProvider } from '@/graphql/reader-provider';

/** Pages of one reader, which ask through Apollo Client in the browser. */
export default function ReaderLayout({ children }: LayoutProps<'/'>) {
  return <ReaderProvider>{children}</ReaderProvider>;
}
