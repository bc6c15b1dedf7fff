import { registerEnumType } from 'type-graphql';
import {
  ArticleCategory,
  ArticleStatus,
  GenerationKind,
  GenerationStatus,
  Role,
  Surface,
} from '../../generated/prisma/enums';
import { READER_TYPES, type ReaderType as ReaderTypeName } from '../../domain/user/questionnaire';

const ReaderType = Object.fromEntries(READER_TYPES.map((type) => [type, type])) as {
  [Type in ReaderTypeName]: Type;
};
type ReaderType = ReaderTypeName;

// Enums are whole from the start: a value added later would break clients that switch over all of them.
registerEnumType(Role, { name: 'Role' });
registerEnumType(ArticleCategory, { name: 'ArticleCategory' });
registerEnumType(ArticleStatus, { name: 'ArticleStatus' });
registerEnumType(GenerationKind, { name: 'GenerationKind' });
registerEnumType(GenerationStatus, { name: 'GenerationStatus' });
registerEnumType(Surface, { name: 'Surface', description: 'Where an article was shown.' });
registerEnumType(ReaderType, { name: 'ReaderType' });

export { ArticleCategory, ArticleStatus, GenerationKind, GenerationStatus, ReaderType, Role, Surface };
