'use client';

import { ApolloProvider } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { createReaderClient } from './reader-client';

/** Apollo Client for the pages below. Its cache holds one reader's answers, and goes with the page at login and logout. */
export function ReaderProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createReaderClient);
  return <ApolloProvider client={client}>{children}</ApolloProvider>;
}
