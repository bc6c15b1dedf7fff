import { registerEnumType } from 'type-graphql';
import {
  ArticleCategory,
  ArticleStatus,
  GenerationKind,
  GenerationStatus,
  Role,
  Surface,
} from '../../generated/prisma/enums';

// Enums are whole from the start: a value added later would break clients that switch over all of them.
registerEnumType(Role, { name: 'Role' });
registerEnumType(ArticleCategory, { name: 'ArticleCategory' });
registerEnumType(ArticleStatus, { name: 'ArticleStatus' });
registerEnumType(GenerationKind, { name: 'GenerationKind' });
registerEnumType(GenerationStatus, { name: 'GenerationStatus' });
registerEnumType(Surface, { name: 'Surface', description: 'Where an article was shown.' });

export { ArticleCategory, ArticleStatus, GenerationKind, GenerationStatus, Role, Surface };
