import { registerEnumType } from 'type-graphql';
import {
  ArticleCategory,
  ArticleStatus,
  GenerationKind,
  GenerationStatus,
  Role,
  Surface,
} from '../../generated/prisma/enums';
import { ReaderType } from '../../domain/user/questionnaire';

// Enums are whole from the start: a value added later would break clients that switch over all of them.
registerEnumType(Role, { name: 'Role' });
registerEnumType(ArticleCategory, { name: 'ArticleCategory' });
registerEnumType(ArticleStatus, { name: 'ArticleStatus' });
registerEnumType(GenerationKind, { name: 'GenerationKind' });
registerEnumType(GenerationStatus, { name: 'GenerationStatus' });
registerEnumType(Surface, { name: 'Surface', description: 'Where an article was shown.' });
registerEnumType(ReaderType, { name: 'ReaderType' });

export { ArticleCategory, ArticleStatus, GenerationKind, GenerationStatus, ReaderType, Role, Surface };
