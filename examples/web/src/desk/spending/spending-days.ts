/** How far back one can look; today is the last of them. */
export const SPENDING_DAYS: readonly number[] = [7, 30, 90, 366];
