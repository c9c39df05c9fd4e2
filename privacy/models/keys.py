"""Key encryption keys, wrapped by the root that never enters the database."""

from __future__ import annotations

from django.db import models


class KeyEncryptionKey(models.Model):
    """One epoch of the key that wraps data keys."""

    epoch = models.PositiveIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, help_text="when the last data key left it")

    def __str__(self) -> str:
        return f"KEK {self.epoch}"
