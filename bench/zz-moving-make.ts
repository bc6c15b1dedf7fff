import { createOddDatabase } from '../test/helpers/old-database';
void createOddDatabase().then(({ url }) => console.log(url));
