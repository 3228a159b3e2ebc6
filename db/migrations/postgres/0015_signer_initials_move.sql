ALTER TABLE "inspection_characteristics" DROP COLUMN "is_signer_initials";
