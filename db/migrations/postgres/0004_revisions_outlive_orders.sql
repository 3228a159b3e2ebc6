ALTER TABLE "order_revisions" DROP CONSTRAINT "order_revisions_order_id_orders_id_fk";

