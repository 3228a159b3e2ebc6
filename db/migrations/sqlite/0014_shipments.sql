CREATE TABLE `shipment_items` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`shipment_id` text NOT NULL,
	`line_number` integer NOT NULL,
	`material_id` text,
	`material_number` text NOT NULL,
	`material_description` text NOT NULL,
	`bom_line_id` text,
	`quantity_e6` integer NOT NULL,
	`packed_quantity_e6` integer DEFAULT 0 NOT NULL,
	`outsourcing_status` text,
	`expected_on` text,
	`returned_on` text,
	`serial_number` text,
	`notes` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`shipment_id`) REFERENCES `shipments`(`id`) ON UPDATE no action ON DELETE cascade
);

CREATE INDEX `shipment_items_outsourcing_status_expected_on_index` ON `shipment_items` (`outsourcing_status`,`expected_on`);
CREATE INDEX `shipment_items_bom_line_id_index` ON `shipment_items` (`bom_line_id`);
CREATE INDEX `shipment_items_shipment_id_line_number_key` ON `shipment_items` (`shipment_id`,`line_number`);
CREATE INDEX `shipment_items_plant_id_index` ON `shipment_items` (`plant_id`);
CREATE TABLE `shipments` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` integer NOT NULL,
	`plant_id` text NOT NULL,
	`shipment_number` text NOT NULL,
	`shipment_type` text NOT NULL,
	`shipment_status` text DEFAULT 'DRAFT' NOT NULL,
	`order_id` text,
	`carrier_name` text,
	`tracking_number` text,
	`origin_location` text,
	`destination_location` text,
	`planned_delivery_on` text,
	`shipped_at_ms` integer,
	`delivered_at_ms` integer,
	`notes` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`updated_at_ms` integer NOT NULL,
	`updated_by` text NOT NULL,
	FOREIGN KEY (`plant_id`) REFERENCES `plants`(`id`) ON UPDATE no action ON DELETE restrict,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE restrict
);

CREATE INDEX `shipments_order_id_shipment_type_index` ON `shipments` (`order_id`,`shipment_type`);
CREATE INDEX `shipments_shipment_status_planned_delivery_on_index` ON `shipments` (`shipment_status`,`planned_delivery_on`);
CREATE INDEX `shipments_plant_id_shipment_number_key` ON `shipments` (`plant_id`,`shipment_number`);
