-- The table is new and still empty wherever this runs.
ALTER TABLE "EconomicTerm" ADD COLUMN     "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
ALTER COLUMN "termKey" TYPE TEXT COLLATE "C";
