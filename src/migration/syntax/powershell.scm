; Scopes and names of PowerShell. What the captures mean: ../locals.ts

[(function_statement) (script_block_expression) (class_method_definition)] @scope.function
(class_statement) @scope.class
(script_parameter (variable) @definition)
(class_method_parameter (variable) @definition)
(foreach_statement . (variable) @definition.function)
(assignment_expression
  (left_assignment_expression (logical_expression (bitwise_expression (comparison_expression (additive_expression
    (multiplicative_expression (format_expression (range_expression (array_literal_expression
      (unary_expression (variable) @definition.function))))))))))
  value: (_) @value)
(if_statement (statement_block) @branch)
(if_statement (else_clause) @branch)
(if_statement (elseif_clauses) @branch)
[(switch_clause) (try_statement) (catch_clause)] @branch.any
[(foreach_statement) (for_statement) (while_statement)] @branch.loop
