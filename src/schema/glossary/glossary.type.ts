import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { PageArgs, pageSize } from '../shared/arguments';
import { cost } from '../shared/field-policy';

@ObjectType({ simpleResolvers: true, description: 'An entry of the glossary.' })
export class EconomicTerm {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Its name, one line.' })
  term!: string;

  @Field(() => String, { description: 'What it means, in easy Korean.', complexity: cost(3) })
  description!: string;

  @Field(() => String, { nullable: true, description: 'A sentence that uses it; null when there is none.' })
  example!: string | null;

  @Field(() => [String], { description: 'Other names it is found by, e.g. its English one.' })
  aliases!: string[];
}

export const EconomicTermConnection = connectionTypes('EconomicTerm', () => EconomicTerm);

@ArgsType()
export class EconomicTermsArgs extends PageArgs {
  @Field(() => Int, pageSize(50))
  override first!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'At most 100 characters that a term begins with; spacing and case are free. An initial consonant stands for its syllables: "ㄱ" for 가 to 깋 (까 to 낗 are under "ㄲ"), "ㄱㅈ" for 기준금리. Latin letters begin any of its names: "g" finds 국내총생산(GDP). When nothing begins so, it is taken for letters typed on a keyboard in the other language.',
  })
  startsWith?: string | null;
}

@ObjectType({ simpleResolvers: true, description: '[ADMIN] what became of an import' })
export class EconomicTermImport {
  @Field(() => Int, { description: 'How many were saved.' })
  created!: number;

  @Field(() => [String], { description: 'Those not saved because they came before, as written.' })
  duplicatesInFile!: string[];

  @Field(() => [String], { description: 'Those not saved because the glossary has that name, as written.' })
  alreadyPresent!: string[];
}

@InputType({ description: 'A new entry.' })
export class EconomicTermInput {
  @Field(() => String, {
    description:
      '1 to 100 characters. Of "국내총생산(GDP)" both names are found, and the whole tells duplicates.',
  })
  term!: string;

  @Field(() => String, { description: '1 to 2,000 characters.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'At most 500 characters.' })
  example?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 10 of 1 to 100 characters.' })
  aliases?: string[] | null;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdateEconomicTermInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters; CONFLICT when taken.' })
  term?: string | null;

  @Field(() => String, { nullable: true, description: '1 to 2,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 500 characters; null removes it.' })
  example?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 10, in place of those there are.' })
  aliases?: string[] | null;
}
