import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../shared/page.args';
import { Url } from '../shared/scalars';

@InputType()
export class KakaoCodeInput {
  @Field(() => String)
  code!: string;

  @Field(() => Url)
  redirectUri!: string;

  @Field(() => String)
  state!: string;

  @Field(() => String)
  codeVerifier!: string;
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of a name or e-mail address.' })
  search?: string | null;
}
