import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../shared/connection.type';
import { PageArgs } from '../shared/page.args';

@ObjectType({ simpleResolvers: true })
export class EconomicTerm {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  term!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { nullable: true })
  example!: string | null;

  @Field(() => [String], { description: 'Other names it is found by, e.g. its English one.' })
  aliases!: string[];
}

export const EconomicTermConnection = connectionTypes('EconomicTerm', () => EconomicTerm);

@ArgsType()
export class EconomicTermsArgs extends PageArgs {
  @Field(() => Int, { defaultValue: 50 })
  override first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of a term; spacing and case do not matter.',
  })
  startsWith?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class EconomicTermImport {
  @Field(() => Int)
  created!: number;

  @Field(() => [String], { description: 'One for each that was not saved because it came before.' })
  duplicatesInFile!: string[];

  @Field(() => [String], { description: 'One for each that was not saved because the glossary has it.' })
  alreadyPresent!: string[];
}

@InputType()
export class EconomicTermInput {
  @Field(() => String, {
    description: 'Of "국내총생산(GDP)" both names are found, and the whole tells duplicates.',
  })
  term!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { nullable: true })
  example?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 10.' })
  aliases?: string[] | null;
}

@InputType({ description: 'An absent field is left unchanged.' })
export class UpdateEconomicTermInput {
  @Field(() => String, { nullable: true })
  term?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  example?: string | null;

  @Field(() => [String], { nullable: true })
  aliases?: string[] | null;
}
