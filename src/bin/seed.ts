import { seedReferenceData } from '../domain/reference-data/reference-data';
import { runWithDatabase } from './command-database';

/** `npm run seed`: publishers, FAQ and glossary for a new installation; what is there stays as it is. */
void runWithDatabase(async (prisma) => {
  const { publishers, faqs, terms } = await seedReferenceData(prisma, new Date());
  console.log(`Added ${publishers} publishers, ${faqs} questions and ${terms} terms.`);
});
