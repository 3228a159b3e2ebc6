-- A write that names a text without changing it (every row that the centre sends) leaves the search index alone.
DROP TRIGGER materials_fts_update;
CREATE TRIGGER materials_fts_update AFTER UPDATE OF material_number, material_name, description, manufacturer_part_number ON materials WHEN OLD.material_number IS NOT NEW.material_number
  OR OLD.material_name IS NOT NEW.material_name
  OR OLD.description IS NOT NEW.description
  OR OLD.manufacturer_part_number IS NOT NEW.manufacturer_part_number BEGIN
  INSERT INTO materials_fts(materials_fts, rowid, material_number, material_name, description, manufacturer_part_number) VALUES ('delete', OLD.rowid, OLD.material_number, OLD.material_name, OLD.description, OLD.manufacturer_part_number);
  INSERT INTO materials_fts(rowid, material_number, material_name, description, manufacturer_part_number) VALUES (NEW.rowid, NEW.material_number, NEW.material_name, NEW.description, NEW.manufacturer_part_number);
END;
DROP TRIGGER orders_fts_update;
CREATE TRIGGER orders_fts_update AFTER UPDATE OF order_number, build_number, customer_name, project_name, sales_person ON orders WHEN OLD.order_number IS NOT NEW.order_number
  OR OLD.build_number IS NOT NEW.build_number
  OR OLD.customer_name IS NOT NEW.customer_name
  OR OLD.project_name IS NOT NEW.project_name
  OR OLD.sales_person IS NOT NEW.sales_person BEGIN
  INSERT INTO orders_fts(orders_fts, rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES ('delete', OLD.rowid, OLD.order_number, OLD.build_number, OLD.customer_name, OLD.project_name, OLD.sales_person);
  INSERT INTO orders_fts(rowid, order_number, build_number, customer_name, project_name, sales_person) VALUES (NEW.rowid, NEW.order_number, NEW.build_number, NEW.customer_name, NEW.project_name, NEW.sales_person);
END;
