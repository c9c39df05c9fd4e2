"""The one plan of a household. Safety first, goals per life domain, actions with one owner, versions, agreement."""
