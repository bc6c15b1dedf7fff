import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';

/** In front of HttpLink: sends the hash that the client preset wrote into each document. */
export function byHash() {
  return new PersistedQueryLink({
    generateHash: async (document) => {
      const { __meta__ } = document as unknown as { __meta__: { hash: string } };
      return __meta__.hash.replace('sha256:', '');
    },
    useGETForHashedQueries: true,
    // A gateway that does not know the list: whole texts from then on. The hash is that of no text which is sent.
    disable: ({ meta }) => meta.persistedQueryNotFound || meta.persistedQueryNotSupported,
  });
}
