import { ArticleCard, type ArticleCardData } from './article-card';
import styles from './article-list.module.css';

/** Cards in one column, or in two where there is room. */
export function ArticleList({ articles }: { articles: readonly ArticleCardData[] }) {
  return (
    <ul className={styles.list}>
      {articles.map((article, index) => (
        <li key={index}>
          <ArticleCard article={article} />
        </li>
      ))}
    </ul>
  );
}
