"""What happens, one behaviour a file: its rules, its transitions, its clock."""
