; Scopes and names of Python. What the captures mean: ../locals.ts

(function_definition) @scope.function
[(lambda) (list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)] @scope
(class_definition) @scope.class
(class_definition superclasses: (argument_list . (identifier) @superclass)) @scope.class

(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @branch)
(conditional_expression . (_) @branch)
(conditional_expression (_) @branch .)
[(case_clause) (try_statement) (except_clause) (finally_clause)] @branch.any
(boolean_operator right: (_) @branch.any)
[
  (for_statement) (while_statement)
  (list_comprehension) (set_comprehension) (dictionary_comprehension) (generator_expression)
] @branch.loop

(import_statement name: (dotted_name . (identifier) @definition.function))
(import_from_statement name: (dotted_name . (identifier) @definition.function))
(aliased_import name: (_ (identifier) @property) alias: (identifier) @definition.function)
(import_from_statement module_name: (_ (identifier) @property))

(function_definition name: (identifier) @definition.outer)
(class_definition name: (identifier) @definition.outer)
(class_definition body: (block (function_definition name: (identifier) @definition.member)))
(class_definition body: (block (decorated_definition (function_definition name: (identifier) @definition.member))))

(parameters (identifier) @definition)
(lambda_parameters (identifier) @definition)
(typed_parameter . (identifier) @definition type: (_) @type)
(default_parameter name: (identifier) @definition value: (_) @value)
(typed_default_parameter name: (identifier) @definition type: (_) @type value: (_) @value)
(list_splat_pattern (identifier) @definition)
(dictionary_splat_pattern (identifier) @definition)

(assignment left: (identifier) @definition.function type: (_)? @type right: (_)? @value)
(assignment left: (pattern_list (identifier) @definition.function))
(assignment left: (tuple_pattern (identifier) @definition.function))
(augmented_assignment left: (identifier) @definition.function)
(named_expression name: (identifier) @definition.function value: (_) @value)
(as_pattern (_) @value alias: (as_pattern_target (identifier) @definition.function))
(as_pattern_target (tuple (identifier) @definition.function))
(for_statement left: (identifier) @definition.function)
(for_statement left: (pattern_list (identifier) @definition.function))
(for_in_clause left: (identifier) @definition)
(for_in_clause left: (pattern_list (identifier) @definition))
(class_definition body: (block (expression_statement
  (assignment left: (identifier) @definition.member type: (_)? @type right: (_)? @value))))

(global_statement (identifier) @nonlocal)
(nonlocal_statement (identifier) @nonlocal)

(attribute attribute: (identifier) @property)
(keyword_argument name: (identifier) @property)
(attribute object: (identifier) @_self attribute: (identifier) @member (#any-of? @_self "self" "cls"))
(assignment
  left: (attribute object: (identifier) @_self attribute: (identifier) @definition.member)
  type: (_)? @type right: (_)? @value
  (#any-of? @_self "self" "cls"))
(as_pattern (_) @value alias: (as_pattern_target
  (attribute object: (identifier) @_self attribute: (identifier) @definition.member))
  (#any-of? @_self "self" "cls"))
