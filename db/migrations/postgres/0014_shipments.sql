CREATE TABLE "shipment_items" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"shipment_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"material_id" uuid,
	"material_number" text NOT NULL,
	"material_description" text NOT NULL,
	"bom_line_id" uuid,
	"quantity_e6" bigint NOT NULL,
	"packed_quantity_e6" bigint DEFAULT 0 NOT NULL,
	"outsourcing_status" text,
	"expected_on" text,
	"returned_on" text,
	"serial_number" text,
	"notes" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "shipment_items_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "shipment_items_shipment_id_line_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","shipment_id","line_number")
);

CREATE TABLE "shipments" (
	"id" uuid NOT NULL,
	"organization_id" integer NOT NULL,
	"plant_id" uuid NOT NULL,
	"shipment_number" text NOT NULL,
	"shipment_type" text NOT NULL,
	"shipment_status" text DEFAULT 'DRAFT' NOT NULL,
	"order_id" uuid,
	"carrier_name" text,
	"tracking_number" text,
	"origin_location" text,
	"destination_location" text,
	"planned_delivery_on" text,
	"shipped_at_ms" bigint,
	"delivered_at_ms" bigint,
	"notes" text,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" uuid NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	"updated_by" uuid NOT NULL,
	CONSTRAINT "shipments_pkey" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "shipments_plant_id_shipment_number_key" UNIQUE NULLS NOT DISTINCT("organization_id","plant_id","shipment_number")
);

CREATE INDEX "shipment_items_outsourcing_status_expected_on_index" ON "shipment_items" USING btree ("outsourcing_status","expected_on");
CREATE INDEX "shipment_items_bom_line_id_index" ON "shipment_items" USING btree ("bom_line_id");
CREATE INDEX "shipment_items_plant_id_index" ON "shipment_items" USING btree ("plant_id");
CREATE INDEX "shipments_order_id_shipment_type_index" ON "shipments" USING btree ("order_id","shipment_type");
CREATE INDEX "shipments_shipment_status_planned_delivery_on_index" ON "shipments" USING btree ("shipment_status","planned_delivery_on");
