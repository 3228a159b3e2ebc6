ALTER TABLE "orders" ADD COLUMN "provisional_number" text;
ALTER TABLE "work_orders" ADD COLUMN "provisional_number" text;
ALTER TABLE "ncrs" ADD COLUMN "provisional_number" text;
ALTER TABLE "shipments" ADD COLUMN "provisional_number" text;
