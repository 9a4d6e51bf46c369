; Scopes and names of Rust. What the captures mean: ../locals.ts

[(function_item) (closure_expression)] @scope.function
[(block) (match_arm) (if_expression) (while_expression) (for_expression)] @scope
(mod_item) @scope
[(impl_item) (trait_item)] @scope.class

(if_expression consequence: (_) @branch)
(if_expression alternative: (_) @branch)
(match_arm) @branch
[(for_expression) (while_expression) (loop_expression)] @branch.loop

(use_declaration argument: (scoped_identifier name: (identifier) @definition))
(use_declaration argument: (identifier) @definition)
(use_list (identifier) @definition)
(use_list (scoped_identifier name: (identifier) @definition))
(use_as_clause path: (identifier) @property)
(use_as_clause alias: (identifier) @definition)
(scoped_identifier path: (_) name: (identifier) @property)
(scoped_type_identifier path: (_) name: (type_identifier) @property)

(function_item name: (identifier) @definition.outer)
(struct_item name: (type_identifier) @definition)
(enum_item name: (type_identifier) @definition)
(trait_item name: (type_identifier) @definition.outer)
(type_item name: (type_identifier) @definition)
(mod_item name: (identifier) @definition.outer)
(static_item name: (identifier) @definition type: (_) @type value: (_)? @value)
(const_item name: (identifier) @definition type: (_) @type value: (_)? @value)

(parameter pattern: (identifier) @definition type: (_) @type)
(parameter pattern: (mut_pattern (identifier) @definition) type: (_) @type)
(closure_parameters (identifier) @definition)
(let_declaration pattern: (identifier) @definition.local type: (_)? @type value: (_)? @value)
(let_declaration pattern: (mut_pattern (identifier) @definition.local) type: (_)? @type value: (_)? @value)
(let_declaration pattern: (tuple_pattern (identifier) @definition.local) value: (_) @value)
(let_declaration pattern: (tuple_struct_pattern type: (_) (identifier) @definition.local) value: (_) @value)
(tuple_pattern (identifier) @definition)
[
  (mut_pattern (identifier) @definition) (ref_pattern (identifier) @definition)
  (reference_pattern (identifier) @definition) (slice_pattern (identifier) @definition)
  (or_pattern (identifier) @definition)
]
(tuple_struct_pattern type: (_) (identifier) @definition)
(shorthand_field_identifier) @definition
(field_pattern pattern: (identifier) @definition)
(captured_pattern . (identifier) @definition)
(for_expression pattern: (identifier) @definition)
(match_pattern . (identifier) @definition .)
(assignment_expression left: (identifier) @assignment right: (_) @value)

(field_identifier) @property
(field_expression value: (self) field: (field_identifier) @member)
(assignment_expression left: (field_expression value: (self) field: (field_identifier) @definition.member) right: (_) @value)
